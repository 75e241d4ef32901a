package io.forkloom.cli;

import java.util.Locale;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A number of bytes as a user writes it: {@code 512m}. */
public record Size(long bytes) {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,12})(|k|m|g)b?");

    public static Size of(String text) {
        var match = FORM.matcher(text.toLowerCase(Locale.ROOT));
        if (!match.matches()) {
            throw new IllegalArgumentException("'" + text + "' is not a size: write 64k, 32m or 1g");
        }
        int shift = switch (match.group(2)) {
            case "k" -> 10;
            case "m" -> 20;
            case "g" -> 30;
            default -> 0;
        };
        long number = Long.parseLong(match.group(1));
        if (number == 0) {
            throw new IllegalArgumentException("a size of 0 leaves no room for anything: write 64k, 32m or 1g");
        }
        return new Size(Math.multiplyExact(number, 1L << shift));
    }

    /** {@code 32 MiB}. */
    @Override
    public String toString() {
        return bytes % (1 << 20) == 0
                ? (bytes >> 20) + " MiB"
                : bytes % (1 << 10) == 0 ? (bytes >> 10) + " KiB" : bytes + " bytes";
    }

    /** For the command line. */
    public static final class Converter implements ITypeConverter<Size> {
        @Override
        public Size convert(String text) {
            try {
                return of(text);
            } catch (IllegalArgumentException wrong) {
                throw new TypeConversionException(String.valueOf(wrong.getMessage()));
            }
        }
    }
}
