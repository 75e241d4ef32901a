package io.forkloom.watch;

/** Parts of what the command Thread.print of JDK 25 says. */
final class Dump {
    private static final String BELOW = """
            \tat com.acme.Thumbs.lambda$all$0(Thumbs.java:7)
            \tat com.acme.Thumbs$$Lambda/0x0000000012040210.run(Unknown Source)
            \tat java.lang.Thread.runWith(java.base@25.0.3/Thread.java:1487)
            \tat java.lang.VirtualThread.run(java.base@25.0.3/VirtualThread.java:460)
            """;

    private Dump() {}

    /** @param frames above those that all have */
    static String of(int carrier, int thread, String frames) {
        return """
                "main" #3 [11] prio=5 os_prio=0 cpu=40.10ms elapsed=0.27s tid=0x00007f26340 nid=11 runnable  [0x00007f26]
                   java.lang.Thread.State: RUNNABLE
                \tat com.acme.Main.main(Main.java:3)

                "ForkJoinPool-1-worker-%d" #24 [%d] daemon prio=5 os_prio=0 cpu=178.27ms elapsed=0.24s tid=0x00007f  [0x00007f]
                   Carrying virtual thread #%d
                \tat jdk.internal.vm.Continuation.run(java.base@25.0.3/Continuation.java:251)
                \tat java.util.concurrent.ForkJoinWorkerThread.run(java.base@25.0.3/ForkJoinWorkerThread.java:187)
                   Mounted virtual thread #%d
                %s%s
                "VM Thread" os_prio=0 cpu=9.93ms elapsed=0.30s tid=0x00007f2634 nid=12 runnable
                """.formatted(carrier, 100 + carrier, thread, thread, frames, BELOW);
    }

    static Carrier carrier(int thread, String... frames) {
        var above = new StringBuilder();
        for (var frame : frames) {
            above.append("\tat ").append(frame).append('\n');
        }
        return Carrier.parse(of(1, thread, above.toString())).getFirst();
    }
}
