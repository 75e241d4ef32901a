package io.forkloom.cli.crawl.view;

/**
 * What one host did.
 *
 * @param pages answers that came as a whole
 * @param failures attempts that failed
 * @param nanos of all answers together
 * @param slowest of the slowest answer, in nanoseconds
 * @param cause of its last failure; empty where there was none
 */
public record HostFigures(long pages, long failures, long bytes, long nanos, long slowest, String cause) {

    static HostFigures answered(long nanos, long bytes) {
        return new HostFigures(1, 0, bytes, nanos, nanos, "");
    }

    static HostFigures failed(String cause) {
        return new HostFigures(0, 1, 0, 0, 0, cause);
    }

    HostFigures plus(HostFigures next) {
        return new HostFigures(
                pages + next.pages,
                failures + next.failures,
                bytes + next.bytes,
                nanos + next.nanos,
                Math.max(slowest, next.slowest),
                next.cause.isEmpty() ? cause : next.cause);
    }

    /** How long an answer took in the mean. */
    public double mean() {
        return pages == 0 ? 0 : (double) nanos / pages;
    }
}
