package io.forkloom.cli.crawl.parse;

import io.forkloom.TaskContext;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** Reads pages; runs in workers. */
public final class Parsers {
    private Parsers() {}

    public static Result parse(Page page) {
        long begin = System.nanoTime();
        String type = MediaTypes.of(page);
        var reading = read(page, type);
        var content = new Result.Content(page.body().length, sha512(page.body()));
        String worker = TaskContext.find().map(task -> task.worker().toString()).orElse("none");
        double ms = Math.round((System.nanoTime() - begin) / 1e3) / 1e3;
        var effort = new Result.Effort(worker, ms);
        byte[] json = ResultJson.of(page.origin(), type, content, reading, effort);
        return new Result(page.origin(), type, content, json, List.of(), effort);
    }

    static Reading read(Page page, String type) {
        return switch (page.kind()) {
            case SHA512 -> Reading.NONE;
            case HTML -> HtmlParser.parse(page);
            case TEXT -> TextParser.parse(page);
            case AUTO -> byType(page, type);
            case DEMO -> {
                Hostile.obey(page);
                yield HtmlParser.parse(page);
            }
        };
    }

    private static Reading byType(Page page, String type) {
        return MediaTypes.isHtml(type)
                ? HtmlParser.parse(page)
                : MediaTypes.isText(type) ? TextParser.parse(page) : Reading.NONE;
    }

    private static String sha512(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-512").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every Java has SHA-512", impossible);
        }
    }
}
