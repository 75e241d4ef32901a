package io.forkloom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgramResourcesTest {
    private static final int LIMIT = 1000;

    /** Has something under every name, and never loads a class. */
    private static final class Willing extends ClassLoader {
        private final List<String> asked = new ArrayList<>();
        private final String content;

        Willing(String content) {
            this.content = content;
        }

        @Override
        public URL getResource(String name) {
            asked.add(name);
            return url(name);
        }

        @Override
        public Enumeration<URL> getResources(String name) {
            asked.add(name);
            return Collections.enumeration(List.of(url(name), url("other/" + name)));
        }

        private URL url(String name) {
            try {
                return URL.of(URI.create("memory:" + name), new URLStreamHandler() {
                    @Override
                    protected URLConnection openConnection(URL url) {
                        return new URLConnection(url) {
                            @Override
                            public void connect() {}

                            @Override
                            public InputStream getInputStream() {
                                return new ByteArrayInputStream(content.getBytes(StandardCharsets.US_ASCII));
                            }
                        };
                    }
                });
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) {
            throw new AssertionError("loads " + name);
        }
    }

    private final ProgramResources resources = new ProgramResources();

    @Test
    void a_resource_is_found_without_loading_anything() throws IOException {
        resources.add(new Willing("x"));
        assertThat(resources.find("com/acme/A.class", false, LIMIT))
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.url()).isEqualTo("memory:com/acme/A.class");
                    assertThat(found.content()).isEqualTo(new byte[] {'x'});
                });
        assertThat(resources.find("a", true, LIMIT)).hasSize(2);
    }

    @Test
    void the_loader_that_came_first_is_asked_first_and_one_place_counts_once() throws IOException {
        resources.add(new Willing("first"));
        resources.add(new Willing("second"));
        assertThat(new String(resources.find("a", false, LIMIT).getFirst().content(), StandardCharsets.US_ASCII))
                .isEqualTo("first");
        assertThat(resources.find("a", true, LIMIT)).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/etc/passwd", "../../etc/passwd", "a/../../etc/passwd", "a/..", "a\\b", "a\0b"})
    void a_name_that_could_be_taken_for_a_path_is_not_looked_for(String name) throws IOException {
        var willing = new Willing("x");
        resources.add(willing);
        assertThat(resources.find(name, false, LIMIT)).isEmpty();
        assertThat(resources.find(name, true, LIMIT)).isEmpty();
        assertThat(resources.find("x".repeat(5000), false, LIMIT)).isEmpty();
        assertThat(willing.asked).isEmpty();
    }

    @Test
    void classes_of_the_jdk_are_not_given() throws IOException {
        resources.add(ClassLoader.getSystemClassLoader());
        assertThat(resources.find("java/lang/String.class", false, LIMIT)).isEmpty();
        assertThat(resources.find("java/lang/String.class", true, LIMIT)).isEmpty();
    }

    @Test
    void more_than_the_limit_is_refused_in_one_or_in_all() throws IOException {
        resources.add(new Willing("x".repeat(501)));
        assertThat(resources.find("a", false, LIMIT)).hasSize(1);
        assertThatThrownBy(() -> resources.find("a", true, LIMIT)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> resources.find("a", false, 500))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("a is larger than");
    }

    @Test
    void of_very_many_loaders_the_latest_are_asked() throws IOException {
        var kept = new ArrayList<Willing>(); // against the collector
        for (int i = 0; i < 200; i++) {
            kept.add(new Willing("x"));
            resources.add(kept.getLast());
        }
        assertThat(resources.find("a", true, LIMIT)).hasSize(2);
        assertThat(kept.stream().filter(each -> !each.asked.isEmpty()))
                .hasSize(64)
                .contains(kept.getLast());
    }
}
