package io.forkloom.internal.codec;

/**
 * As what a function is called. It crosses with each call, because a function's class does not tell: it may implement
 * several of the task interfaces, and the caller has chosen one.
 */
public enum CallKind {
    TASK(0, 0),
    FUNCTION(1, 1),
    BI_FUNCTION(2, 2),
    ACTION(3, 0),
    /** A function on each element of one array; the array of its results comes back, with a {@link Thrown} for each failure. */
    CHUNK(4, 1);

    /** Added to the code where variables of a JShell session come first. */
    static final int WITH_VARIABLES = 0x80;

    /** Added to the code where a context comes before the stream. */
    static final int WITH_CONTEXT = 0x40;

    /** Added to the code where the values are {@link Plain}, and not a stream. */
    static final int PLAIN = 0x20;

    /** The bits of the code itself. */
    static final int CODE = 0x1F;

    final int code;
    final int arguments;

    CallKind(int code, int arguments) {
        this.code = code;
        this.arguments = arguments;
    }

    /** What an argument, and the result, is for the user. */
    String argument(int at, String function) {
        return (this == CHUNK ? "a chunk of arguments" : "argument " + (at + 1)) + " of " + function;
    }

    public String result(String function) {
        return (this == CHUNK ? "a chunk of results" : "the result") + " of " + function;
    }

    static CallKind of(int code) throws CodecException {
        for (var kind : values()) {
            if (kind.code == code) {
                return kind;
            }
        }
        throw new CodecException("a call is of the unknown kind " + code, null);
    }
}
