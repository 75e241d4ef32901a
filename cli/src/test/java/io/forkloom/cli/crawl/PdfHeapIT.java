package io.forkloom.cli.crawl;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.forkloom.cli.CommandRun;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.common.PDStream;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A crawl of documents of which one needs more memory than the workers have. */
@Timeout(120)
class PdfHeapIT {
    /** Of one string in the large one: more than the heap of a worker has room for, less than that of a larger one has. */
    private static final int LETTERS = 48 << 20;

    @TempDir
    Path folder;

    private Path documents;

    @BeforeEach
    void write() throws IOException {
        documents = Files.createDirectory(folder.resolve("documents"));
        write("small-1.pdf", 0);
        write("large.pdf", LETTERS);
        write("small-2.pdf", 0);
    }

    /** Letters that are all alike pack well, and PDFBox has a string in memory as a whole, though no operator wants it. */
    private void write(String name, int letters) throws IOException {
        String text = "BT /F1 12 Tf 50 700 Td (the last words) Tj ET (" + "x".repeat(letters) + ") none";
        try (var document = new PDDocument()) {
            var page = new PDPage();
            var resources = new PDResources();
            resources.put(COSName.getPDFName("F1"), new PDType1Font(FontName.HELVETICA));
            page.setResources(resources);
            page.setContents(
                    new PDStream(document, new ByteArrayInputStream(text.getBytes(US_ASCII)), COSName.FLATE_DECODE));
            document.addPage(page);
            document.save(documents.resolve(name).toFile());
        }
    }

    private CommandRun crawl(String... more) {
        var all = new ArrayList<>(List.of("crawl", documents.toString(), "--to", out().toString(), "--quiet"));
        all.addAll(List.of("--workers", "2", "--heap", "64m"));
        all.addAll(List.of(more));
        return CommandRun.of(all.toArray(String[]::new));
    }

    private Path out() {
        return folder.resolve("out.jsonl");
    }

    private static Map<String, JsonNode> byName(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .map(line -> JsonMapper.shared().readTree(line))
                .collect(Collectors.toMap(
                        json -> String.valueOf(
                                Path.of(json.get("source").stringValue()).getFileName()),
                        json -> json));
    }

    @Test
    void a_pdf_that_fills_the_heap_of_a_worker_costs_itself_alone() throws IOException {
        var run = crawl();

        assertThat(run.exitCode()).as(run.err()).isEqualTo(1);
        assertThat(byName(out())).containsOnlyKeys("small-1.pdf", "small-2.pdf");
        var failures = byName(Path.of(out() + ".failed.jsonl"));
        assertThat(failures).containsOnlyKeys("large.pdf");
        assertThat(failures.values())
                .extracting(failure -> failure.get("outcome").stringValue())
                .containsExactly("OutOfMemory");
    }

    @Test
    void a_pdf_that_fills_the_heap_of_a_worker_is_read_in_a_larger_one_where_there_may_be_one() throws IOException {
        var run = crawl("-O", "pdf.heap=512m");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(Path.of(out() + ".failed.jsonl")).doesNotExist();
        var results = byName(out());
        assertThat(results).containsOnlyKeys("small-1.pdf", "large.pdf", "small-2.pdf");
        assertThat(results.values())
                .allSatisfy(
                        result -> assertThat(result.get("text").stringValue()).isEqualTo("the last words"));
        // Slots 0 and 1 are those of the ordinary workers; the larger one has the next.
        assertThat(results)
                .hasEntrySatisfying(
                        "large.pdf",
                        result -> assertThat(result.get("worker").stringValue()).isEqualTo("2.1"));
    }
}
