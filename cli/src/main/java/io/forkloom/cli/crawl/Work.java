package io.forkloom.cli.crawl;

import io.forkloom.cli.crawl.fetch.Fetched;
import io.forkloom.cli.crawl.journal.Input;

/** A page on its way to a worker. */
record Work(Input input, Fetched fetched) {}
