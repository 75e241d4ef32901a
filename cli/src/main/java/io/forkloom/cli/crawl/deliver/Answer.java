package io.forkloom.cli.crawl.deliver;

import java.net.http.HttpHeaders;
import java.time.Duration;

/** What a server made of a result. */
sealed interface Answer {
    /** It has it. */
    record Taken() implements Answer {}

    /** It does not want this one; it may want others. */
    record Refused(String reason) implements Answer {}

    /** It may take it another time, not before it said. */
    record Later(String reason, Duration asked) implements Answer {}

    /** It takes none of them, now or later. */
    record Hopeless(String reason) implements Answer {}

    /** By status, and the first words of the body. */
    static Answer of(int status, HttpHeaders headers, String words) {
        String reason = "HTTP status " + status + (words.isBlank() ? "" : ": " + words.strip());
        return switch (status) {
            case 401, 407 -> new Hopeless(reason + " (see --header)");
            // Too slow, too early, too many: each says that it may be repeated.
            case 408, 425, 429 -> new Later(reason, asked(headers));
            default ->
                switch (status / 100) {
                    case 2 -> new Taken();
                    case 4 -> new Refused(reason);
                    case 5 -> new Later(reason, asked(headers));
                    default -> new Hopeless(reason + redirected(headers));
                };
        };
    }

    /** Of the two forms of the header the one in seconds. */
    private static Duration asked(HttpHeaders headers) {
        return headers.firstValue("Retry-After")
                .filter(value -> value.matches("[0-9]{1,9}"))
                .map(value -> Duration.ofSeconds(Long.parseLong(value)))
                .orElse(Duration.ZERO);
    }

    private static String redirected(HttpHeaders headers) {
        return headers.firstValue("Location")
                .map(to -> "; results are not sent on to where it points, " + to + ": give that address to --to")
                .orElse("");
    }
}
