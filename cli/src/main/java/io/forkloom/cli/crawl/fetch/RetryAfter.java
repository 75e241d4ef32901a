package io.forkloom.cli.crawl.fetch;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The header by which a server says for how long it wants to be left alone. */
final class RetryAfter {
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");
    /** The form of today and the two obsolete ones that RFC 9110, 5.6.7, wants understood. */
    private static final List<DateTimeFormatter> DATES = List.of(
            DateTimeFormatter.RFC_1123_DATE_TIME,
            DateTimeFormatter.ofPattern("EEEE, dd-MMM-yy HH:mm:ss 'GMT'", Locale.US)
                    .withZone(ZoneOffset.UTC),
            DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.US).withZone(ZoneOffset.UTC));

    private RetryAfter() {}

    /** Zero for what is in the past, and for what makes no sense. */
    static Duration parse(String header, Instant now) {
        String text = header.strip();
        if (SECONDS.matcher(text).matches()) {
            return Duration.ofSeconds(Long.parseLong(text));
        }
        for (var form : DATES) {
            try {
                var wait = Duration.between(now, form.parse(text, Instant::from));
                return wait.isNegative() ? Duration.ZERO : wait;
            } catch (DateTimeParseException another) {
                // The next form may fit.
            }
        }
        return Duration.ZERO;
    }
}
