package io.forkloom.async;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a {@link TaskGroup} is to be like; handed to the function that is given to {@code open}. */
public final class GroupConfig {
    private String name = "group";
    private Policy policy = Policy.FAIL_FAST;
    private final List<ScopedValue<?>> carried = new ArrayList<>();

    GroupConfig() {}

    /** The beginning of its threads' names, {@code crawl/3}; stands in messages. Default: {@code group}. */
    public GroupConfig name(String value) {
        name = Objects.requireNonNull(value, "name");
        return this;
    }

    /** Default: {@link Policy#FAIL_FAST}. */
    public GroupConfig policy(Policy value) {
        policy = Objects.requireNonNull(value, "policy");
        return this;
    }

    /**
     * Subtasks see what these are bound to where the group is opened; one that is not bound there is not bound in them
     * either. A virtual thread sees no scoped value of the thread that started it by itself.
     */
    public GroupConfig carry(ScopedValue<?>... values) {
        carried.addAll(List.of(values));
        return this;
    }

    String name() {
        return name;
    }

    Policy policy() {
        return policy;
    }

    /** The bindings of this moment; null where there are none. */
    ScopedValue.@Nullable Carrier bindings() {
        ScopedValue.@Nullable Carrier bindings = null;
        for (var value : carried) {
            bindings = bind(bindings, value);
        }
        return bindings;
    }

    private static <T> ScopedValue.@Nullable Carrier bind(ScopedValue.@Nullable Carrier to, ScopedValue<T> value) {
        if (!value.isBound()) {
            return to;
        }
        return to == null ? ScopedValue.where(value, value.get()) : to.where(value, value.get());
    }
}
