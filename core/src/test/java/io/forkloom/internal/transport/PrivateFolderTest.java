package io.forkloom.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class PrivateFolderTest {
    /** A pid that no kernel gives. */
    private static final String NOBODY = "999999999999";

    private static Path of(PrivateFolder folder) {
        return Objects.requireNonNull(folder.socket().getParent());
    }

    /** The same folder, had a program made it that is gone by now. */
    private static Path abandoned(Path mine) {
        return mine.resolveSibling(mine.getFileName().toString().replaceFirst("\\d+", NOBODY));
    }

    @Test
    void closing_twice_is_harmless() throws IOException {
        var folder = PrivateFolder.create();
        folder.close();
        folder.close();
        assertThat(of(folder)).doesNotExist();
    }

    @Test
    void what_a_dead_program_left_is_swept() throws IOException {
        try (var folder = PrivateFolder.create()) {
            var mine = of(folder);
            var left = Files.createDirectory(abandoned(mine));
            Files.createFile(left.resolve(folder.ledger().getFileName()));
            PrivateFolder.sweep();
            assertThat(left).doesNotExist();
            assertThat(mine).exists();
        }
    }

    @Test
    void what_a_program_in_another_container_has_is_left_alone() throws IOException {
        try (var folder = PrivateFolder.create()) {
            var gone = abandoned(of(folder));
            var parts = gone.getFileName().toString().split("-", -1);
            parts[3] = "1" + parts[3];
            var foreign = Files.createDirectory(gone.resolveSibling(String.join("-", parts)));
            try {
                PrivateFolder.sweep();
                assertThat(foreign).exists();
            } finally {
                Files.delete(foreign);
            }
        }
    }

    @Test
    void a_file_that_is_not_ours_is_never_removed() throws IOException {
        try (var folder = PrivateFolder.create()) {
            var left = Files.createDirectory(abandoned(of(folder)));
            var strange = Files.createFile(left.resolve("strange"));
            try {
                PrivateFolder.sweep();
                assertThat(strange).exists();
            } finally {
                Files.delete(strange);
                Files.delete(left);
            }
        }
    }
}
