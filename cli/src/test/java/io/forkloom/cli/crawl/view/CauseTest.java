package io.forkloom.cli.crawl.view;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CauseTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            HTTP status 404 | HTTP status 404
            HTTP status 503 (3 attempts) | HTTP status 503 (N attempts)
            https://example.org/a?b=c#d was redirected 11 times | … was redirected N times
            no such host: www.shop-7.example.co.uk | no such host: …
            connection to 10.0.0.17:8080 refused | connection to … refused
            connection to [2001:db8::1]:443 refused | connection to … refused
            2001:db8::17 is unreachable | … is unreachable
            ran longer than 1.5 s (--deadline) and was stopped | ran longer than N s (--deadline) and was stopped
            ran longer than 30s | ran longer than Ns
            the parser threw java.lang.IllegalStateException: row 17 of 9,000 | the parser threw java.lang.IllegalStateException: row N of N
            crashed its worker: exit 134 (SIGABRT) | crashed its worker: exit 134 (SIGABRT)
            /home/me/pages/7.html: permission denied | …: permission denied
            type text/html is not known | type text/html is not known
            io.forkloom.Task@1f2e3d4c failed at 0x00007f3a | io.forkloom.Task@… failed at N
            digest 9e107d9d372bb682 is wrong | digest N is wrong
            java.util.zip.ZipException: invalid stored block lengths | java.util.zip.ZipException: invalid stored block lengths
            at org.jsoup.Jsoup.parse(Jsoup.java:17) | at org.jsoup.Jsoup.parse(Jsoup.java:N)
            """)
    void what_belongs_to_one_page_is_taken_out(String message, String cause) {
        assertThat(Cause.of(message)).isEqualTo(cause);
    }

    @Test
    void it_is_one_line_of_bounded_length_that_a_terminal_does_not_obey() {
        assertThat(Cause.of("\n first \n second")).isEqualTo("first");
        assertThat(Cause.of("x".repeat(1_000_000))).hasSize(160);
        assertThat(Cause.of("a.".repeat(1_000_000))).hasSizeLessThanOrEqualTo(160);
        assertThat(Cause.of("1:".repeat(1_000_000))).hasSizeLessThanOrEqualTo(160);
        assertThat(Cause.of("")).isEmpty();
        assertThat(Cause.cut("red\u001b[31m \u202eabc\u0000", 100)).isEqualTo("red\ufffd[31m \ufffdabc\ufffd");
    }
}
