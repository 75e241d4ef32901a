package io.forkloom.internal.scope;

import org.jspecify.annotations.Nullable;

/** Within, nothing is cancelled that was there before. It does not {@link #begin}: nothing from outside is to reach it. */
public final class Shield extends Scope {

    public Shield(@Nullable Scope parent) {
        super(parent);
    }

    @Override
    boolean isShield() {
        return true;
    }
}
