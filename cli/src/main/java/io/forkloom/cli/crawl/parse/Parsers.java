package io.forkloom.cli.crawl.parse;

import io.forkloom.TaskContext;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Reads pages; runs in workers. */
public final class Parsers {
    /** Of the recipe before: all pages of a crawl have the same, but for the wish for links. */
    private static volatile Prepared latest = Prepared.of(Recipe.AUTO);

    /** What the crawl tells of every page, whatever its parser. */
    static final Set<String> CRAWLS = Set.of("source", "status", "type", "bytes", "sha512", "worker", "ms");

    private Parsers() {}

    /** A recipe, taken apart. */
    private record Prepared(Recipe recipe, Parser parser, Wanted wanted) {
        static Prepared of(Recipe recipe) {
            return new Prepared(recipe, Kinds.parser(recipe), Wanted.of(recipe));
        }
    }

    /**
     * Reads a page as its recipe says.
     *
     * @throws UnreadableException if the page is not what it claims to be
     */
    public static Result parse(Page page) throws Exception {
        long begin = System.nanoTime();
        var prepared = prepared(page.recipe());
        String type = MediaTypes.of(page);
        var reading = prepared.parser.parse(page, prepared.wanted);
        var content = new Result.Content(page.body().length, sha512(page.body()));
        String worker = TaskContext.find().map(task -> task.worker().toString()).orElse("none");
        double ms = Math.round((System.nanoTime() - begin) / 1e3) / 1e3;
        var effort = new Result.Effort(worker, ms);
        byte[] json = ResultJson.of(fields(page.origin(), type, content, reading, effort), prepared.wanted);
        return new Result(page.origin(), type, content, json, reading.links(), effort);
    }

    private static Prepared prepared(Recipe recipe) {
        var prepared = latest;
        if (!prepared.recipe.equals(recipe)) {
            prepared = Prepared.of(recipe);
            latest = prepared;
        }
        return prepared;
    }

    private static Map<String, Object> fields(
            Origin origin, String type, Result.Content content, Reading reading, Result.Effort effort)
            throws UnreadableException {
        var all = new LinkedHashMap<String, Object>();
        all.put("source", origin.source());
        if (origin.status() > 0) {
            all.put("status", origin.status());
        }
        all.put("type", type);
        all.put("bytes", content.bytes());
        all.put("sha512", content.sha512());
        for (var field : reading.fields().entrySet()) {
            if (CRAWLS.contains(field.getKey())) {
                throw new UnreadableException("the parser gives a field '" + field.getKey()
                        + "', which is the crawl's own: call it something else");
            }
            all.put(field.getKey(), field.getValue());
        }
        all.put("worker", effort.worker());
        all.put("ms", effort.ms());
        return all;
    }

    private static String sha512(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-512").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every Java has SHA-512", impossible);
        }
    }
}
