package io.forkloom.cli.crawl.parse;

import io.forkloom.cli.InputException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * A method of the user's, {@code --parse com.acme.Pages::parse}: it is given the bytes, or the text, or the bytes and what is
 * known about them. A Map or a record that it returns gives its fields to the result; anything else is its field
 * {@code value}. What it throws costs the page.
 */
final class OwnParser implements Parser {
    private static final TypeReference<LinkedHashMap<String, Object>> FIELDS = new TypeReference<>() {};

    private final Method method;
    private final OwnClasses classes;
    private final Map<String, String> options;

    private OwnParser(Method method, OwnClasses classes, Map<String, String> options) {
        this.method = method;
        this.classes = classes;
        this.options = options;
    }

    static OwnParser of(String name, Settings settings) {
        var classes = OwnClasses.installed();
        return new OwnParser(OwnMethod.find(name, classes), classes, settings.others());
    }

    /** What is known about a page, which the user's own options cannot hide. */
    static void check(Settings settings) {
        for (String known : java.util.List.of("source", "type", "charset", "url", "status")) {
            if (settings.others().containsKey(known)) {
                throw new InputException("-O own." + known + " is told by the crawl itself: call it something else");
            }
        }
    }

    @Override
    public Reading parse(Page page, Wanted wanted) throws Exception {
        var thread = Thread.currentThread();
        var before = thread.getContextClassLoader();
        // Libraries of the user's look for their own files by this one.
        thread.setContextClassLoader(classes);
        try {
            return reading(method.invoke(null, arguments(page)));
        } catch (InvocationTargetException thrown) {
            switch (thrown.getCause()) {
                case Exception exception -> throw exception;
                case Error error -> throw error;
                case null, default -> throw thrown;
            }
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private Object[] arguments(Page page) {
        if (method.getParameterCount() == 2) {
            return new Object[] {page.body(), about(page)};
        }
        boolean text = method.getParameterTypes()[0] == String.class;
        return new Object[] {text ? text(page) : page.body()};
    }

    private static String text(Page page) {
        String type = MediaTypes.of(page);
        return MediaTypes.isHtml(type) || type.endsWith("xml") ? Charsets.decodeMarkup(page) : Charsets.decode(page);
    }

    private Map<String, String> about(Page page) {
        var about = new LinkedHashMap<>(options);
        var origin = page.origin();
        about.put("source", origin.source());
        about.put("type", MediaTypes.of(page));
        Charsets.told(page).ifPresent(charset -> about.put("charset", charset.name()));
        if (!origin.base().isEmpty()) {
            about.put("url", origin.base());
            about.put("status", Integer.toString(origin.status()));
        }
        return about;
    }

    private static Reading reading(@Nullable Object value) throws UnreadableException {
        var reading = new Reading();
        try {
            if (value instanceof Map<?, ?> map) {
                map.forEach((key, each) -> reading.with(String.valueOf(key), each));
            } else if (value instanceof Record each) {
                JsonMapper.shared().convertValue(each, FIELDS).forEach(reading::with);
            } else {
                reading.with("value", value);
            }
            return reading;
        } catch (JacksonException cannot) {
            throw UnreadableException.because(
                    "what the parser gave, "
                            + String.valueOf(
                                    value == null ? null : value.getClass().getName()) + ", cannot be written as JSON",
                    cannot);
        }
    }
}
