package io.forkloom.cli.crawl.deliver;

/**
 * A position in a row of files, packed in a long.
 *
 * <pre>
 *  63   62 .. 40            39 .. 0
 *  | 0 | number of file | offset in it |
 * </pre>
 *
 * @param number from 1
 */
record Place(int number, long offset) {
    private static final int OFFSET_BITS = 40;
    static final long LARGEST_FILE = 1L << OFFSET_BITS;
    static final int MOST_FILES = (1 << (63 - OFFSET_BITS)) - 1;

    Place {
        if (number < 1 || number > MOST_FILES || offset < 0 || offset >= LARGEST_FILE) {
            throw new IllegalArgumentException("no place: offset " + offset + " in file " + number);
        }
    }

    static Place of(long packed) {
        return packed == 0 ? new Place(1, 0) : new Place((int) (packed >>> OFFSET_BITS), packed & (LARGEST_FILE - 1));
    }

    long packed() {
        return ((long) number << OFFSET_BITS) | offset;
    }
}
