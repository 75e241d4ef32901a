package io.forkloom.cli;

/** What the command tells its caller; the same for every subcommand. */
public final class ExitCode {
    public static final int DONE = 0;
    public static final int SOME_FAILED = 1;
    public static final int USAGE = 2;
    public static final int ALL_FAILED = 3;
    /** 128 + SIGINT, which is also what the JVM itself ends with after Ctrl-C. */
    public static final int INTERRUPTED = 130;

    private ExitCode() {}
}
