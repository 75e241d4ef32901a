package io.forkloom.event;

/**
 * One worker of a pool.
 *
 * @param slot the place in the pool, from 0
 * @param generation counts the workers that the slot has had, from 1; 16 bits, so it starts again after 65,535
 */
public record WorkerId(int slot, int generation) {
    /** {@code 2.1}: slot 2, first generation. */
    @Override
    public String toString() {
        return slot + "." + generation;
    }
}
