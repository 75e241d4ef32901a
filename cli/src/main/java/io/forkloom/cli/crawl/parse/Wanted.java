package io.forkloom.cli.crawl.parse;

import java.util.List;

/**
 * What is to be found in a page; a parser may leave out what nobody wants.
 *
 * @param names of the fields, in the order of the result; empty for all, as they come
 * @param links whether somebody follows the page's links
 */
record Wanted(List<String> names, boolean links) {

    static Wanted of(Recipe recipe) {
        return new Wanted(
                recipe.fields().isEmpty() ? List.of() : List.of(recipe.fields().split(",", -1)), recipe.wantsLinks());
    }

    boolean all() {
        return names.isEmpty();
    }

    boolean field(String name) {
        return names.isEmpty() || names.contains(name);
    }
}
