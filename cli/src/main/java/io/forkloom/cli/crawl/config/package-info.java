/**
 * {@code --config FILE.yaml}: options from a file, by the names that they have on the command line.
 *
 * <pre>
 *   FILE.yaml --> YamlFile --> Entry, with its line --> Configuration --> arguments --> picocli, once more
 * </pre>
 */
@NullMarked
package io.forkloom.cli.crawl.config;

import org.jspecify.annotations.NullMarked;
