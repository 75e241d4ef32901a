package io.forkloom.cli.crawl.deliver;

import java.util.List;
import java.util.OptionalLong;

/**
 * How to deliver, whatever the place.
 *
 * @param overwrite replace what is there
 * @param split bytes after which another file begins
 * @param table of a database
 * @param fields of a row; of those that a result has not the cells are empty
 */
record DeliverOptions(boolean overwrite, OptionalLong split, String table, List<String> fields, HttpOptions http) {}
