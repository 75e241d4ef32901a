package io.forkloom.cli.crawl.view.report;

import io.forkloom.cli.Times;
import io.forkloom.cli.crawl.view.Setting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** How a crawl was run, as it may be shown to others: without passwords, keys and tokens. */
public final class Settings {
    private static final int MOST_SOURCES = 20;
    private static final String HIDDEN = "(hidden)";

    /** What a user sees anyway. */
    private static final List<String> NO_SETTINGS =
            List.of("--help", "--version", "--debug", "--demo", "--dry-run", "--config", "--quiet");

    private static final Pattern SECRET_NAME =
            Pattern.compile("(?i).*(header|auth|token|secret|password|passwd|cookie|credential|api-?key|private).*");
    private static final Pattern USER_OF_URL = Pattern.compile("(?<=://)[^/?#\\s]*@");
    private static final Pattern SECRET_PARAMETER = Pattern.compile(
            "(?i)([?&#][^=&#\\s]*(?:token|key|secret|pass|pwd|sig|auth|session|credential)[^=&#\\s]*=)[^&#\\s]*");
    /** Of a server that is sent results: its parameters are its own, whatever their names. */
    private static final Pattern QUERY_OF_PLACE = Pattern.compile("(?i)^(https?://[^?#]*\\?).*");

    private Settings() {}

    /** The options and sources that were given, each value as it was written. */
    public static List<Setting> of(ParseResult given) {
        var settings = new ArrayList<Setting>();
        // An option that was given twice is matched twice, each time with all its values.
        for (var option : new LinkedHashSet<>(given.matchedOptions())) {
            String name = option.longestName();
            var values = option.arity().max() == 0 ? List.of("yes") : option.originalStringValues();
            values.forEach(value -> settings.add(new Setting(name, shown(name, value))));
        }
        var sources = given.matchedPositionals().stream()
                .flatMap(each -> each.originalStringValues().stream())
                .distinct()
                .toList();
        sources.stream().limit(MOST_SOURCES).forEach(each -> settings.add(new Setting("source", withoutSecrets(each))));
        if (sources.size() > MOST_SOURCES) {
            settings.add(new Setting("source", "and " + (sources.size() - MOST_SOURCES) + " more"));
        }
        return settings;
    }

    /** All options that hold, those that nobody gave too; not what is off or empty. */
    public static List<Setting> effective(CommandSpec command) {
        var settings = new ArrayList<Setting>();
        for (var option : command.options()) {
            if (NO_SETTINGS.contains(option.longestName())) {
                continue;
            }
            for (Object value : values(option.getValue())) {
                settings.add(new Setting(option.longestName(), shown(option.longestName(), words(value))));
            }
        }
        return settings;
    }

    private static Collection<?> values(@Nullable Object value) {
        return switch (value) {
            case null -> List.of();
            case Boolean off when !off -> List.of();
            case Collection<?> many -> many;
            case Map<?, ?> many -> many.entrySet();
            default -> List.of(value);
        };
    }

    private static String words(Object value) {
        return switch (value) {
            case Boolean _ -> "yes";
            case Duration time -> Times.words(time);
            case Enum<?> name -> name.name().toLowerCase(Locale.ROOT);
            default -> String.valueOf(value);
        };
    }

    /** Of {@code -O auth.token=x} only the name is shown. */
    private static String shown(String name, String value) {
        if (SECRET_NAME.matcher(name).matches()) {
            return HIDDEN;
        }
        if (name.equals("--to")) {
            return withoutSecrets(QUERY_OF_PLACE.matcher(value).replaceFirst("$1" + HIDDEN));
        }
        int equals = value.indexOf('=');
        String key = equals < 0 || value.contains("://")
                ? ""
                : value.substring(0, equals).toLowerCase(Locale.ROOT);
        return !key.isEmpty() && SECRET_NAME.matcher(key).matches()
                ? value.substring(0, equals + 1) + HIDDEN
                : withoutSecrets(value);
    }

    static String withoutSecrets(String value) {
        String noUser = USER_OF_URL.matcher(value).replaceAll(HIDDEN + "@");
        return SECRET_PARAMETER.matcher(noUser).replaceAll("$1" + HIDDEN);
    }
}
