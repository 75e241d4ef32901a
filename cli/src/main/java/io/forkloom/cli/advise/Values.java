package io.forkloom.cli.advise;

import java.io.File;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** Arguments of the command line as values of a parameter's type; {@code @file} is the content of a file. */
final class Values {
    /** Why a text is no value of a type; for the user. */
    static final class NoSuchValue extends Exception {
        private static final long serialVersionUID = 1;

        NoSuchValue(String message) {
            super(message);
        }
    }

    @FunctionalInterface
    private interface Reader {
        Object read(String text);
    }

    private static final Map<Class<?>, Reader> READERS = new LinkedHashMap<>();

    static {
        READERS.put(String.class, text -> text);
        READERS.put(CharSequence.class, text -> text);
        READERS.put(Object.class, text -> text);
        READERS.put(int.class, Integer::valueOf);
        READERS.put(long.class, Long::valueOf);
        READERS.put(double.class, Double::valueOf);
        READERS.put(float.class, Float::valueOf);
        READERS.put(short.class, Short::valueOf);
        READERS.put(byte.class, Byte::valueOf);
        READERS.put(boolean.class, Values::truth);
        READERS.put(char.class, Values::character);
        READERS.put(Integer.class, Integer::valueOf);
        READERS.put(Long.class, Long::valueOf);
        READERS.put(Double.class, Double::valueOf);
        READERS.put(Float.class, Float::valueOf);
        READERS.put(Short.class, Short::valueOf);
        READERS.put(Byte.class, Byte::valueOf);
        READERS.put(Boolean.class, Values::truth);
        READERS.put(Character.class, Values::character);
        READERS.put(BigInteger.class, BigInteger::new);
        READERS.put(BigDecimal.class, BigDecimal::new);
        READERS.put(Path.class, Path::of);
        READERS.put(File.class, File::new);
        READERS.put(URI.class, URI::create);
        READERS.put(UUID.class, UUID::fromString);
        READERS.put(Duration.class, Duration::parse);
    }

    private Values() {}

    /** Whether there are arguments of this type at all. */
    static boolean canBe(Class<?> type) {
        return type == byte[].class || type.isEnum() || READERS.containsKey(type);
    }

    /** Runs nothing of the user's: a constant of an enum is only looked for. */
    static void check(Class<?> type, String text) throws NoSuchValue {
        if (type.isEnum()) {
            var names = Arrays.stream(type.getFields())
                    .filter(field -> field.isEnumConstant())
                    .map(field -> field.getName())
                    .toList();
            if (!names.contains(text)) {
                throw new NoSuchValue("'" + text + "' is no " + type.getSimpleName() + ": choose "
                        + names.stream().collect(Collectors.joining(", ")));
            }
        } else {
            var _ = of(type, text);
        }
    }

    static Object of(Class<?> type, String text) throws NoSuchValue {
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .filter(constant -> ((Enum<?>) constant).name().equals(text))
                    .findFirst()
                    .orElseThrow(() -> new NoSuchValue("'" + text + "' is no " + type.getSimpleName()));
        }
        if (type == byte[].class) {
            return text.startsWith("@") ? content(text) : text.getBytes(StandardCharsets.UTF_8);
        }
        var reader = READERS.get(type);
        if (reader == null) {
            throw new NoSuchValue("no " + type.getSimpleName() + " can be made of a word");
        }
        String word = text.startsWith("@") ? new String(content(text), StandardCharsets.UTF_8) : text;
        try {
            return reader.read(type == String.class ? word : word.strip());
        } catch (RuntimeException wrong) {
            throw new NoSuchValue("'" + word.strip() + "' is no " + type.getSimpleName());
        }
    }

    private static byte[] content(String text) throws NoSuchValue {
        try {
            return Files.readAllBytes(Path.of(text.substring(1)));
        } catch (IOException e) {
            throw new NoSuchValue(text.substring(1) + " cannot be read (" + text + " means the content of a file)");
        }
    }

    private static Object truth(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(text);
        };
    }

    private static Object character(String text) {
        if (text.length() != 1) {
            throw new IllegalArgumentException(text);
        }
        return text.charAt(0);
    }
}
