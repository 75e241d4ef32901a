package io.forkloom.cli.crawl.source;

import java.net.URI;
import java.nio.file.Path;

/** One input of a crawl. */
public sealed interface Source {

    /** What the user or the list called it; the field {@code source} of its result. */
    String name();

    /** A page to fetch. */
    record Web(String name, URI uri) implements Source {}

    /** A file to read. */
    record Local(String name, Path path) implements Source {}

    /** A line of a list, or a folder, of which nothing can be made: it goes on as an input that fails. */
    record Broken(String name, String reason) implements Source {}
}
