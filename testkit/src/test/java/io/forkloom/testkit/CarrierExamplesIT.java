package io.forkloom.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.forkloom.ContextCarrier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The carriers that the documentation of {@link ContextCarrier} shows, letter by letter. */
class CarrierExamplesIT extends FaultCase {
    /** As {@code org.slf4j.MDC}. */
    static final class MDC {
        private static final ThreadLocal<@Nullable Map<String, String>> OF_THREAD = new ThreadLocal<>();

        private MDC() {}

        static void put(String key, String value) {
            var changed = new HashMap<>(Optional.ofNullable(OF_THREAD.get()).orElse(Map.of()));
            changed.put(key, value);
            OF_THREAD.set(changed);
        }

        static @Nullable String get(String key) {
            return Optional.ofNullable(OF_THREAD.get()).orElse(Map.of()).get(key);
        }

        static @Nullable Map<String, String> getCopyOfContextMap() {
            var context = OF_THREAD.get();
            return context == null ? null : new HashMap<>(context);
        }

        static void setContextMap(Map<String, String> context) {
            OF_THREAD.set(new HashMap<>(context));
        }

        static void clear() {
            OF_THREAD.remove();
        }
    }

    /** As tracers have it. */
    record Span(String trace, String id) {
        private static final ThreadLocal<@Nullable Span> CURRENT = new ThreadLocal<>();

        static Optional<Span> current() {
            return Optional.ofNullable(CURRENT.get());
        }

        static Span begin(String trace, String id) {
            var span = new Span(trace, id);
            CURRENT.set(span);
            return span;
        }

        /** Version, trace, parent and flags, as of https://www.w3.org/TR/trace-context. */
        String traceparent() {
            return "00-" + trace + "-" + id + "-01";
        }

        static Span childOf(@Nullable String traceparent) {
            var parts = String.valueOf(traceparent).split("-", -1);
            return begin(parts[1], "b7ad6b7169203331");
        }

        void end() {
            CURRENT.remove();
        }
    }

    record MdcCarrier() implements ContextCarrier {
        @Override
        public Map<String, String> capture() {
            var context = MDC.getCopyOfContextMap();
            return context == null ? Map.of() : context;
        }

        @Override
        public Scope restore(Map<String, String> context) {
            MDC.setContextMap(context);
            return MDC::clear;
        }
    }

    record TraceCarrier() implements ContextCarrier {
        @Override
        public Map<String, String> capture() {
            return Span.current()
                    .map(span -> Map.of("traceparent", span.traceparent()))
                    .orElse(Map.of());
        }

        @Override
        public Scope restore(Map<String, String> context) {
            var span = Span.childOf(context.get("traceparent"));
            return span::end;
        }
    }

    @AfterEach
    void nothing_hangs_here() {
        MDC.clear();
        Span.current().ifPresent(Span::end);
    }

    static String user() {
        return "user: " + MDC.get("user");
    }

    static String trace() {
        return Span.current().map(Span::traceparent).orElse("none");
    }

    @Test
    void a_task_logs_with_the_context_of_its_submitter() throws Exception {
        try (var pool = open(1, c -> c.context(new MdcCarrier()))) {
            MDC.put("user", "ada");
            assertThat(pool.call(() -> user())).isEqualTo("user: ada");
            MDC.clear();
            assertThat(pool.call(() -> user())).isEqualTo("user: null");
        }
    }

    @Test
    void the_span_of_a_task_is_a_child_in_the_trace_of_its_submitter() throws Exception {
        try (var pool = open(1, c -> c.context(new TraceCarrier()))) {
            Span.begin("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7");
            assertThat(pool.call(() -> trace())).isEqualTo("00-4bf92f3577b34da6a3ce929d0e0e4736-b7ad6b7169203331-01");
            Span.current().orElseThrow().end();
            assertThat(pool.call(() -> trace())).isEqualTo("none");
        }
    }

    @Test
    void the_documentation_shows_them_as_they_are_here() throws IOException {
        var root = Path.of("..").toAbsolutePath().normalize();
        var here =
                words(Files.readString(root.resolve("testkit/src/test/java/io/forkloom/testkit/CarrierExamplesIT.java"))
                        .replace("@Override", ""));
        var shown = Pattern.compile("<pre>\\{@code(.*?)}</pre>", Pattern.DOTALL)
                .matcher(Files.readString(root.resolve("core/src/main/java/io/forkloom/ContextCarrier.java")))
                .results()
                .map(example -> words(example.group(1).replaceAll("(?m)^ \\*", "")))
                .toList();
        assertThat(shown).hasSize(2).allMatch(here::contains);
    }

    private static String words(String source) {
        return source.replaceAll("\\s+", "");
    }
}
