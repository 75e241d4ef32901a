package io.forkloom.cli.crawl.parse;

import io.forkloom.TaskPool;
import java.util.List;

/**
 * Has pages parsed by the workers of a pool. A page goes there, and its result comes back, as a few plain values: those need no
 * java.io stream, which would cost a tenth of what a small page's parse costs.
 */
public final class RemoteParser {
    private RemoteParser() {}

    /** Waits for the result. Fails as {@link Parsers#parse} does, or as the worker does. */
    public static Result parse(TaskPool pool, Page page) throws InterruptedException {
        var origin = page.origin();
        var recipe = page.recipe();
        var words = new String[] {
            origin.source(),
            origin.base(),
            Integer.toString(origin.status()),
            origin.contentType(),
            recipe.parser(),
            recipe.options(),
            recipe.fields(),
            Boolean.toString(recipe.wantsLinks())
        };
        return result(origin, pool.call(RemoteParser::read, words, page.body()));
    }

    /** In the worker. */
    private static Object[] read(String[] words, byte[] body) throws Exception {
        var result = Parsers.parse(new Page(
                new Origin(words[0], words[1], Integer.parseInt(words[2]), words[3]),
                body,
                new Recipe(words[4], words[5], words[6], Boolean.parseBoolean(words[7]))));
        return new Object[] {
            result.type(),
            result.content().bytes(),
            result.content().sha512(),
            result.json(),
            result.links().toArray(new String[0]),
            result.effort().worker(),
            result.effort().ms()
        };
    }

    private static Result result(Origin origin, Object[] parts) {
        return new Result(
                origin,
                (String) parts[0],
                new Result.Content((long) parts[1], (String) parts[2]),
                (byte[]) parts[3],
                List.of((String[]) parts[4]),
                new Result.Effort((String) parts[5], (double) parts[6]));
    }
}
