package io.forkloom.cli.crawl;

import java.time.Duration;

/**
 * @param kind which parser
 * @param deadline of one page
 * @param workers how many processes
 * @param heap of each, as {@code -Xmx} takes it
 */
record ParseOptions(ParserKind kind, Duration deadline, int workers, String heap) {}
