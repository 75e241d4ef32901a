package io.forkloom.cli.crawl.view;

/** A name and what it was set to, as it may be shown to others. */
public record Setting(String name, String value) {}
