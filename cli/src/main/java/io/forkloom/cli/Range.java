package io.forkloom.cli;

/** Of numbers that a user gives. */
public final class Range {
    private Range() {}

    /** Refuses a number that is outside of its range. */
    public static void check(String option, long value, long least, long most) {
        if (value < least || value > most) {
            throw new InputException(option + " " + value + " is out of range: between " + least + " and " + most);
        }
    }
}
