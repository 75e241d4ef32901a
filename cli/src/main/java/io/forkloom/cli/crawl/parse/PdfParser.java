package io.forkloom.cli.crawl.parse;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.apache.pdfbox.pdmodel.interactive.action.PDActionURI;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotationLink;
import org.apache.pdfbox.text.PDFTextStripper;
import org.jspecify.annotations.Nullable;

/** PDF, by PDFBox. Without a look at the machine's fonts: text is text in whatever they are. */
final class PdfParser implements Parser {
    private final boolean text;
    private final int mostPages;

    PdfParser(Settings settings) {
        text = settings.flag("text", true);
        mostPages = (int) settings.number("pages", 1, Integer.MAX_VALUE, Integer.MAX_VALUE);
    }

    @Override
    public Reading parse(Page page, Wanted wanted) throws UnreadableException {
        BundledFont.use();
        try (var document = Loader.loadPDF(page.body())) {
            return reading(document, wanted);
        } catch (InvalidPasswordException locked) {
            throw new UnreadableException("is a PDF that is encrypted, and has a password");
        } catch (IOException | IllegalArgumentException broken) {
            throw UnreadableException.because("is no PDF that can be read", broken);
        }
    }

    private Reading reading(PDDocument document, Wanted wanted) throws IOException {
        var information = document.getDocumentInformation();
        String words = wanted.field("text") || wanted.field("words") ? text(document) : "";
        List<String> links = wanted.links() || wanted.field("links") ? links(document) : List.of();
        return new Reading()
                .with("title", blankToNull(information.getTitle()))
                .with("author", blankToNull(information.getAuthor()))
                .with("pages", document.getNumberOfPages())
                .with("text", text && wanted.field("text") ? words : null)
                .with("links", wanted.field("links") ? links : null)
                .with("language", language(document))
                .with("words", wanted.field("words") ? Words.of(words) : null)
                .leadingTo(links);
    }

    private String text(PDDocument document) throws IOException {
        var stripper = new PDFTextStripper();
        stripper.setEndPage(mostPages);
        stripper.setLineSeparator("\n");
        return stripper.getText(document).strip();
    }

    private List<String> links(PDDocument document) throws IOException {
        Set<String> links = new LinkedHashSet<>();
        int number = 0;
        for (var page : document.getPages()) {
            if (++number > mostPages) {
                break;
            }
            for (var annotation : page.getAnnotations()) {
                if (annotation instanceof PDAnnotationLink link && link.getAction() instanceof PDActionURI action) {
                    links.add(String.valueOf(action.getURI()));
                }
            }
        }
        var resolved = new Links("", "");
        links.forEach(resolved::add);
        return new ArrayList<>(resolved.found());
    }

    private static @Nullable String language(PDDocument document) {
        String declared = blankToNull(document.getDocumentCatalog().getLanguage());
        return declared == null ? null : declared.toLowerCase(Locale.ROOT);
    }

    private static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }
}
