package io.forkloom.cli.crawl.view;

/** How many pages of one media type were parsed, how large they were, and how long that took. */
public record TypeFigures(long pages, long bytes, long nanos) {

    TypeFigures plus(TypeFigures next) {
        return new TypeFigures(pages + next.pages, bytes + next.bytes, nanos + next.nanos);
    }

    /** How long the parse of one took in the mean. */
    public double mean() {
        return pages == 0 ? 0 : (double) nanos / pages;
    }
}
