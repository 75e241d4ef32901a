package io.forkloom.event;

import java.io.Serializable;

/**
 * One worker of a pool. A task may return its own: {@code TaskContext.current().worker()}.
 *
 * @param slot the place in the pool, from 0
 * @param generation counts the workers that the slot has had, from 1; 16 bits, so it starts again after 65,535
 */
public record WorkerId(int slot, int generation) implements Serializable {
    /** {@code 2.1}: slot 2, first generation. */
    @Override
    public String toString() {
        return slot + "." + generation;
    }
}
