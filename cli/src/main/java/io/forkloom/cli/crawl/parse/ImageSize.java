package io.forkloom.cli.crawl.parse;

/** In pixels. */
record ImageSize(int width, int height) {

    /** The largest of the same shape that fits in there; never larger than it is. */
    ImageSize within(int most, int highest) {
        double factor = Math.min(1, Math.min((double) most / width, (double) highest / height));
        return new ImageSize(
                Math.max(1, (int) Math.round(width * factor)), Math.max(1, (int) Math.round(height * factor)));
    }
}
