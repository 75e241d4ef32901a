package io.forkloom.bench.peers;

import java.io.FileNotFoundException;
import java.io.IOException;

/** The programs of {@code bench/peers}, which the jar has beside this class. */
final class Sources {
    private Sources() {}

    static byte[] read(String name) throws IOException {
        try (var in = Sources.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new FileNotFoundException(name + " is missing in this build");
            }
            return in.readAllBytes();
        }
    }
}
