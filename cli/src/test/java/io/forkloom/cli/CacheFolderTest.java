package io.forkloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CacheFolderTest {
    private static final Path HOME = Path.of("/home/ada");

    @Test
    void it_is_below_the_home_folder() {
        assertThat(CacheFolder.of(Map.of(), HOME)).isEqualTo(Path.of("/home/ada/.cache/forkloom"));
    }

    @Test
    void the_environment_names_another_one() {
        assertThat(CacheFolder.of(Map.of("XDG_CACHE_HOME", "/caches"), HOME)).isEqualTo(Path.of("/caches/forkloom"));
    }

    @Test
    void a_relative_or_empty_one_is_ignored() {
        assertThat(CacheFolder.of(Map.of("XDG_CACHE_HOME", "caches"), HOME))
                .isEqualTo(CacheFolder.of(Map.of("XDG_CACHE_HOME", ""), HOME))
                .isEqualTo(Path.of("/home/ada/.cache/forkloom"));
    }
}
