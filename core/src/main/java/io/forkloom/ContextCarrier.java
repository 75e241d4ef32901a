package io.forkloom;

import java.io.Serializable;
import java.util.Map;

/**
 * Takes what hangs on a thread across to the task: a trace, or the logging context. Set it by {@link PoolConfig#context}.
 * Where the workers are processes or isolates it is sent to each of them, so its class is one with a name, serialisable,
 * and accepted where {@link ProcessPoolConfig#accept} is used.
 *
 * <p>The logging context of SLF4J:
 *
 * <pre>{@code
 * record MdcCarrier() implements ContextCarrier {
 *     public Map<String, String> capture() {
 *         var context = MDC.getCopyOfContextMap();
 *         return context == null ? Map.of() : context;
 *     }
 *
 *     public Scope restore(Map<String, String> context) {
 *         MDC.setContextMap(context);
 *         return MDC::clear;
 *     }
 * }
 * }</pre>
 *
 * <p>A trace, as HTTP carries it by the header <i>traceparent</i> of the W3C, where {@code Span} stands for what your
 * tracer has for it:
 *
 * <pre>{@code
 * record TraceCarrier() implements ContextCarrier {
 *     public Map<String, String> capture() {
 *         return Span.current().map(span -> Map.of("traceparent", span.traceparent())).orElse(Map.of());
 *     }
 *
 *     public Scope restore(Map<String, String> context) {
 *         var span = Span.childOf(context.get("traceparent"));
 *         return span::end;
 *     }
 * }
 * }</pre>
 */
public interface ContextCarrier extends Serializable {
    /** Carries nothing. */
    ContextCarrier NONE = new None();

    /** Ends what {@link #restore} began; called on the same thread. */
    @FunctionalInterface
    interface Scope extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * On the thread that submits, for each task; for a map on the thread that iterates, for each chunk. What it throws,
     * submitting throws. Entries without a value are left out; there are no more than 65,535, and keys and values have no more bytes each.
     */
    Map<String, String> capture();

    /**
     * In the worker, on the task's thread, before the task begins, and again for each further attempt at it; not called
     * where nothing was captured. What it or its scope throws, the task has thrown.
     */
    Scope restore(Map<String, String> context);

    /** See {@link #NONE}. */
    record None() implements ContextCarrier {
        @Override
        public Map<String, String> capture() {
            return Map.of();
        }

        @Override
        public Scope restore(Map<String, String> context) {
            return () -> {};
        }
    }
}
