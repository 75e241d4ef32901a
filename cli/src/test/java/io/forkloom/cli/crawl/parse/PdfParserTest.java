package io.forkloom.cli.crawl.parse;

import static io.forkloom.cli.crawl.parse.Pages.json;
import static io.forkloom.cli.crawl.parse.Pages.recipe;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;
import org.apache.pdfbox.pdmodel.interactive.action.PDActionURI;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotationLink;
import org.junit.jupiter.api.Test;

class PdfParserTest {
    private static byte[] pdf(String password, String... pages) throws IOException {
        try (var document = new PDDocument()) {
            document.getDocumentInformation().setTitle("Of looms");
            document.getDocumentInformation().setAuthor("A. Weaver");
            document.getDocumentCatalog().setLanguage("en-GB");
            for (String text : pages) {
                var page = new PDPage();
                document.addPage(page);
                try (var content = new PDPageContentStream(document, page)) {
                    content.beginText();
                    content.setFont(new PDType1Font(FontName.HELVETICA), 12);
                    content.newLineAtOffset(50, 700);
                    content.showText(text);
                    content.endText();
                }
                var action = new PDActionURI();
                action.setURI("http://looms.example/" + document.getNumberOfPages());
                var link = new PDAnnotationLink();
                link.setAction(action);
                page.getAnnotations().add(link);
            }
            if (!password.isEmpty()) {
                document.protect(new StandardProtectionPolicy(password, password, new AccessPermission()));
            }
            var bytes = new ByteArrayOutputStream();
            document.save(bytes);
            return bytes.toByteArray();
        }
    }

    @Test
    void it_gives_title_author_pages_text_links_language_and_words() throws Exception {
        var json = json(Pages.of("a.pdf", pdf("", "Warp and weft", "Second page"), Recipe.AUTO));

        assertThat(json.get("type").stringValue()).isEqualTo("application/pdf");
        assertThat(json.get("title").stringValue()).isEqualTo("Of looms");
        assertThat(json.get("author").stringValue()).isEqualTo("A. Weaver");
        assertThat(json.get("pages").intValue()).isEqualTo(2);
        assertThat(json.get("text").stringValue()).isEqualTo("Warp and weft\nSecond page");
        assertThat(json.get("words").intValue()).isEqualTo(5);
        assertThat(json.get("language").stringValue()).isEqualTo("en-gb");
        assertThat(json.get("links").toString()).isEqualTo("[\"http://looms.example/1\",\"http://looms.example/2\"]");
    }

    @Test
    void only_the_first_pages_are_read_where_no_more_are_wanted() throws Exception {
        var json = json(Pages.of("a.pdf", pdf("", "one", "two", "three"), recipe("pdf", "pdf.pages=2")));
        assertThat(json.get("pages").intValue()).isEqualTo(3);
        assertThat(json.get("words").intValue()).isEqualTo(2);
        assertThat(json.get("links").size()).isEqualTo(2);

        var brief = json(Pages.of("a.pdf", pdf("", "one"), recipe("pdf", "pdf.text=no")));
        assertThat(brief.has("text")).isFalse();
        assertThat(brief.get("words").intValue()).isEqualTo(1);
    }

    @Test
    void one_with_a_password_and_a_broken_one_are_refused_with_the_reason() throws Exception {
        byte[] locked = pdf("secret", "hidden");
        assertThatThrownBy(() -> Parsers.parse(Pages.of("locked.pdf", locked, Recipe.AUTO)))
                .isInstanceOf(UnreadableException.class)
                .hasMessage("is a PDF that is encrypted, and has a password");

        byte[] whole = pdf("", "whole");
        for (byte[] broken : new byte[][] {
            {}, Arrays.copyOf(whole, 40), "%PDF-1.7\nnothing".getBytes(java.nio.charset.StandardCharsets.US_ASCII)
        }) {
            assertThatThrownBy(() -> Parsers.parse(Pages.of("broken.pdf", broken, recipe("pdf"))))
                    .isInstanceOf(UnreadableException.class)
                    .hasMessageContaining("is no PDF that can be read");
        }
    }
}
