package io.forkloom.internal.wire;

import java.nio.charset.StandardCharsets;

/**
 * Stands in what a worker prints where another task's output begins: the ticket between two control characters that texts
 * do not have. A task that prints such a thing itself only misleads whoever reads its own evidence.
 */
public final class OutputMark {
    /** Record separator. */
    public static final char BEGINS = '\u001e';

    /** Unit separator. */
    public static final char ENDS = '\u001f';

    private OutputMark() {}

    public static byte[] of(long ticket) {
        return (BEGINS + Long.toString(ticket) + ENDS).getBytes(StandardCharsets.US_ASCII);
    }
}
