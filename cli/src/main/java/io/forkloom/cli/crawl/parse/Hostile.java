package io.forkloom.cli.crawl.parse;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import org.jsoup.nodes.Element;

/**
 * What pages of the demo do to the worker that parses them. Only {@link ParserKind#DEMO} comes here: no page of the
 * world can ask for this.
 */
public final class Hostile {
    /** {@code <meta name="forkloom-demo" content="crash">}. */
    public static final String META = "forkloom-demo";

    private Hostile() {}

    static void obey(Page page) {
        Element meta = HtmlParser.document(page).selectFirst("meta[name=" + META + "]");
        switch (meta == null ? "" : meta.attr("content")) {
            case "crash" -> crash();
            case "loop" -> loop();
            case "memory" -> exhaust();
            default -> {}
        }
    }

    /** A write to address 0, as a broken native library does it. */
    @SuppressWarnings("restricted")
    private static void crash() {
        MemorySegment.ofAddress(0).reinterpret(8).set(ValueLayout.JAVA_LONG, 0, 1);
    }

    @SuppressWarnings("InfiniteLoopStatement")
    private static void loop() {
        while (true) {
            Thread.onSpinWait();
        }
    }

    @SuppressWarnings({"ModifiedButNotUsed", "InfiniteLoopStatement"})
    private static void exhaust() {
        var hoard = new ArrayList<byte[]>();
        while (true) {
            hoard.add(new byte[4 << 20]);
        }
    }
}
