package io.forkloom.cli.crawl.deliver;

/**
 * How an input ended that gave no result.
 *
 * @param stage where: {@code fetch} or {@code parse}
 * @param outcome the name of the outcome: {@code Failed}, {@code TimedOut}, {@code OutOfMemory}, {@code Crashed},
 *     {@code Cancelled} or {@code NotStarted}
 * @param error why, in words
 */
public record Failure(String source, String stage, String outcome, String error) {}
