package io.forkloom.pipeline;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What travels through the channels.
 *
 * @param origins what of the source is in it: one item, or those of a batch
 * @param value what the stages have made of it so far
 */
record Item(List<Origin> origins, @Nullable Object value) {
    static Item read(@Nullable Object source) {
        return new Item(List.of(new Origin(source)), source);
    }

    /** Their values, as a list that cannot be changed, and that can be sent to a pool if they can. */
    static Item batch(List<Item> items) {
        var origins = items.stream().flatMap(item -> item.origins().stream()).toList();
        return new Item(origins, items.stream().map(Item::value).toList());
    }

    Item with(@Nullable Object result) {
        return new Item(origins, result);
    }
}
