package io.forkloom.cli.crawl.parse;

/**
 * Reads pages of one kind. Made in the worker from its options, and once by the command itself, before work starts, so that
 * options which make no sense are known then: a constructor reads all its options, and does nothing else.
 */
interface Parser {
    /**
     * Reads a page.
     *
     * @throws UnreadableException if the page is not what it claims to be
     * @throws Exception whatever else goes wrong; it costs this page
     */
    Reading parse(Page page, Wanted wanted) throws Exception;
}
