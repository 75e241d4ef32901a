package io.forkloom.cli.crawl;

import io.forkloom.TaskContext;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Reads pages; runs in workers. */
final class Parsers {
    private Parsers() {}

    static Result parse(Page page) {
        long begin = System.nanoTime();
        String type = MediaTypes.of(page);
        var reading = switch (page.kind()) {
            case SHA512 -> Reading.NONE;
            case HTML -> HtmlParser.parse(page);
            case TEXT -> TextParser.parse(page);
            case AUTO -> byType(page, type);
            case DEMO -> {
                Hostile.obey(page);
                yield HtmlParser.parse(page);
            }
        };
        var content = new Result.Content(page.body().length, sha512(page.body()));
        String worker = TaskContext.find().map(task -> task.worker().toString()).orElse("none");
        double ms = Math.round((System.nanoTime() - begin) / 1e3) / 1e3;
        return new Result(page.origin(), type, content, reading, new Result.Effort(worker, ms));
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
