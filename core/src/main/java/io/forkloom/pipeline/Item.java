package io.forkloom.pipeline;

import org.jspecify.annotations.Nullable;

/**
 * What travels through the channels.
 *
 * @param source as it was read
 * @param value what the stages have made of it so far
 */
record Item(@Nullable Object source, @Nullable Object value) {
    static Item read(@Nullable Object source) {
        return new Item(source, source);
    }

    Item with(@Nullable Object result) {
        return new Item(source, result);
    }
}
