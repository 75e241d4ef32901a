package io.forkloom.cli.crawl.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressesTest {
    private static String key(String address) {
        return Addresses.key(URI.create(address));
    }

    @ParameterizedTest
    @CsvSource({
        "HTTP://Example.COM, http://example.com/",
        "http://example.com:/, http://example.com/",
        "http://example.com:80/, http://example.com/",
        "https://example.com:443, https://example.com/",
        "http://example.com:443/, http://example.com:443/",
        "http://a/./b/../b/%63/%7bfoo%7d, http://a/b/c/%7Bfoo%7D",
        "http://a/%7Esmith/home.html, http://a/~smith/home.html",
        "http://a/b/c/./../../g, http://a/g",
        "http://a/mid/content=5/../6, http://a/mid/6",
        "http://a/../../x, http://a/x",
        "http://a/x/.., http://a/",
        "http://a/x/., http://a/x/",
        "http://a/%2e%2E/x, http://a/x",
        "http://a/b%2fc, http://a/b%2Fc",
        "http://a/b//c/, http://a/b//c/",
        "http://a/x#part, http://a/x",
        "http://a?q, http://a/?q",
        "http://a/?, http://a/?",
        "http://a/?b=1&a=%c3%a9+%20, http://a/?b=1&a=%C3%A9+%20",
        "http://a/ünï, http://a/%C3%BCn%C3%AF",
        "http://[::1]:80/, http://[::1]/",
    })
    void what_is_the_same_by_its_syntax_has_one_key(String address, String key) {
        assertThat(key(address)).isEqualTo(key);
        assertThat(key(key)).as("of the key itself").isEqualTo(key);
    }

    @Test
    void the_order_of_a_query_and_a_slash_at_the_end_count() {
        assertThat(key("http://a/?a=1&b=2")).isNotEqualTo(key("http://a/?b=2&a=1"));
        assertThat(key("http://a/x")).isNotEqualTo(key("http://a/x/"));
        assertThat(key("http://a/X")).isNotEqualTo(key("http://a/x"));
    }

    @Test
    void a_key_is_an_address_and_its_own_key_whatever_it_was_made_of() {
        var random = new Random(20_25);
        String[] pieces = {
            "a", "/", "..", ".", "%2e", "%7E", "%2F", "%zz", "?", "&", "=", "ü", "%", ";", ":", "@", "//", "*"
        };
        int tried = 0;
        while (tried < 5_000) {
            var text = new StringBuilder("http://h/");
            for (int i = random.nextInt(12); i > 0; i--) {
                text.append(pieces[random.nextInt(pieces.length)]);
            }
            URI uri;
            try {
                uri = URI.create(text.toString());
            } catch (IllegalArgumentException malformed) {
                continue;
            }
            tried++;
            String key = Addresses.key(uri);
            assertThat(key(key)).as("%s", text).isEqualTo(key);
            assertThat(key).isASCII();
            assertThat(key.replaceFirst("\\?.*", "")).doesNotContain("/../", "/./");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "HOST, http://a.example/x, https://A.example/y, true",
        "HOST, http://a.example/x, http://a.example:80/y, true",
        "HOST, http://a.example/x, http://a.example:8080/y, false",
        "HOST, http://a.example/x, http://www.a.example/y, false",
        "DOMAIN, http://www.a.co.uk/x, https://b.a.co.uk/y, true",
        "DOMAIN, http://www.a.co.uk/x, https://www.b.co.uk/y, false",
        "DOMAIN, http://one.github.io/, http://two.github.io/, false",
        "DOMAIN, http://a.com/, http://a.com.evil.com/, false",
        "DOMAIN, http://127.0.0.1:80/, http://127.0.0.1/x, true",
        "DOMAIN, http://127.0.0.1/, http://10.0.0.1/, false",
        "DOMAIN, http://localhost:1/, http://localhost:2/, false",
        "PREFIX, http://a.example/docs/index.html, http://a.example/docs/x/y, true",
        "PREFIX, http://a.example/docs/, https://a.example/docs/?q, true",
        "PREFIX, http://a.example/docs/, http://a.example/docs2/, false",
        "PREFIX, http://a.example/docs/, http://a.example/docs/../x, false",
        "PREFIX, http://a.example/docs/, http://a.example/docs/%2e%2e/x, false",
        "PREFIX, http://a.example, http://a.example/x, true",
    })
    void a_scope_admits_what_it_says(Scope scope, URI seed, URI link, boolean admitted) {
        assertThat(scope.admits(seed, link)).isEqualTo(admitted);
    }
}
