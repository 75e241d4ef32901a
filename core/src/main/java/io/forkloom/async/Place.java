package io.forkloom.async;

import org.jspecify.annotations.Nullable;

/** Where a party stands in a {@link Places queue}. */
class Place {
    final Party party;

    // Of the queue, and guarded as it is.
    @Nullable
    Place ahead;

    @Nullable
    Place behind;

    @Nullable
    Places<?> queue; // null where it is in none

    Place(Party party) {
        this.party = party;
    }
}
