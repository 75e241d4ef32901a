package io.forkloom.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PythonsTest {
    @Test
    void what_the_user_asks_for_is_a_path_or_a_command_with_arguments() throws Exception {
        assertThat(Pythons.choose(Optional.of("chroot DIR  python3"))).containsExactly("chroot", "DIR", "python3");
        assertThat(Pythons.choose(Optional.of("/bin/sh"))).containsExactly("/bin/sh");
    }

    @Test
    void a_newer_version_ranks_higher_by_its_numbers() {
        assertThat(new Pythons.Found(Path.of("a"), List.of(3, 14, 0)).rank())
                .isGreaterThan(new Pythons.Found(Path.of("b"), List.of(3, 9, 18)).rank());
    }
}
