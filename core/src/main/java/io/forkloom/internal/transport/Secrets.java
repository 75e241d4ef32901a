package io.forkloom.internal.transport;

import java.io.FileInputStream;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * Bytes that nobody can guess. From the kernel: the JDK's own way to them takes 30 ms when a program goes it first, and
 * it waits for its first worker meanwhile.
 */
public final class Secrets {
    private Secrets() {}

    public static byte[] bytes(int count) {
        try (var random = new FileInputStream("/dev/urandom")) {
            var bytes = random.readNBytes(count);
            if (bytes.length == count) {
                return bytes;
            }
        } catch (IOException e) {
            // Another system, or no descriptor to spare.
        }
        var bytes = new byte[count];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }

    /** So many bytes, as twice as many digits. */
    public static String digits(int count) {
        return HexFormat.of().formatHex(bytes(count));
    }
}
