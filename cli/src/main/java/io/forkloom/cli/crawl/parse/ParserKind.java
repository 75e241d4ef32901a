package io.forkloom.cli.crawl.parse;

import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How a page is read. */
public enum ParserKind {
    /** By its content type, else by the end of its name, else by its first bytes. */
    AUTO,
    HTML,
    TEXT,
    /** The digest only, which the others give too. */
    SHA512,
    /** As {@link #HTML}, and obeys the hostile pages of the demo; not for users. */
    DEMO;

    /** For the command line. */
    public static final class Converter implements ITypeConverter<ParserKind> {
        @Override
        public ParserKind convert(String text) {
            return switch (text.toLowerCase(Locale.ROOT)) {
                case "auto" -> AUTO;
                case "html" -> HTML;
                case "text" -> TEXT;
                case "sha512" -> SHA512;
                default ->
                    throw new TypeConversionException(
                            "unknown parser '" + text + "': choose auto, html, text or sha512");
            };
        }
    }
}
