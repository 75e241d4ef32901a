package io.forkloom.internal.supervise;

import java.io.FileInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes sure that a process can be started. Where the JDK runs out of descriptors in the middle of that, it closes numbers
 * that it never opened (seen in 25.0.3), which may be any file or socket of the program.
 */
final class Descriptors {
    /** Three pipes, one for the launch itself, and some for whoever opens files at the same time. */
    private static final int NEEDED = 16;

    private Descriptors() {}

    static void check() throws IOException {
        List<FileInputStream> open = new ArrayList<>(NEEDED);
        try {
            for (int i = 0; i < NEEDED; i++) {
                open.add(new FileInputStream("/dev/null"));
            }
        } catch (IOException e) {
            throw new ShortageException("there are too few descriptors for another process: " + e.getMessage(), e);
        } finally {
            for (var each : open) {
                each.close();
            }
        }
    }
}
