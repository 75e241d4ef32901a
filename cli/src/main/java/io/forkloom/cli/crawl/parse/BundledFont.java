package io.forkloom.cli.crawl.parse;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.fontbox.FontBoxFont;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdmodel.font.CIDFontMapping;
import org.apache.pdfbox.pdmodel.font.FontMapper;
import org.apache.pdfbox.pdmodel.font.FontMappers;
import org.apache.pdfbox.pdmodel.font.FontMapping;
import org.apache.pdfbox.pdmodel.font.PDCIDSystemInfo;
import org.apache.pdfbox.pdmodel.font.PDFontDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * In place of every font that a document does not bring along the one within PDFBox. Nothing is drawn, so any will do; PDFBox
 * would else read all fonts of the machine at first, which takes seconds, and write a file about them into the user's home.
 */
final class BundledFont implements FontMapper {
    private static final String FILE = "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";

    private final TrueTypeFont font;

    private BundledFont(TrueTypeFont font) {
        this.font = font;
    }

    /** Holds the one of this JVM; made at its first use. */
    private static final class Once {
        static final BundledFont FONT = load();

        private static BundledFont load() {
            try (var file = FontMappers.class.getResourceAsStream(FILE)) {
                if (file == null) {
                    throw new IllegalStateException("PDFBox has no font at " + FILE);
                }
                return new BundledFont(new TTFParser().parse(new RandomAccessReadBuffer(file)));
            } catch (IOException failure) {
                throw new UncheckedIOException("the font within PDFBox cannot be read", failure);
            }
        }
    }

    static void use() {
        FontMappers.set(Once.FONT);
    }

    @Override
    public FontMapping<TrueTypeFont> getTrueTypeFont(String name, @Nullable PDFontDescriptor descriptor) {
        return new FontMapping<>(font, true);
    }

    @Override
    public FontMapping<FontBoxFont> getFontBoxFont(String name, @Nullable PDFontDescriptor descriptor) {
        return new FontMapping<>(font, true);
    }

    @Override
    public CIDFontMapping getCIDFont(
            String name, @Nullable PDFontDescriptor descriptor, @Nullable PDCIDSystemInfo info) {
        return new CIDFontMapping(null, font, true);
    }
}
