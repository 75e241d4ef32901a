package io.forkloom.cli.crawl.config;

import java.util.List;

/**
 * One name at the first level of a file and what stands behind it.
 *
 * @param line where the name stands, from 1
 */
record Entry(String name, int line, Shape shape, List<Leaf> leaves) {

    /** How the values were written. */
    enum Shape {
        ONE,
        LIST,
        MAP
    }

    /**
     * One value.
     *
     * @param path the keys that lead to it from the name, with dots between them; empty where there are none
     */
    record Leaf(String path, String text, int line) {}
}
