package io.forkloom;

import java.util.Map;
import java.util.stream.Collectors;

/** What a {@link ContextCarrier} takes along. */
final class Carried {
    private Carried() {}

    /** A copy of what hangs on this thread; an entry without a key or a value, as logging contexts may have, stays here. */
    static Map<String, String> by(ContextCarrier carrier) {
        var captured = carrier.capture();
        if (captured.isEmpty()) {
            return captured; // as with most tasks
        }
        return captured.entrySet().stream()
                .filter(entry -> entry.getKey() != null && entry.getValue() != null)
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
