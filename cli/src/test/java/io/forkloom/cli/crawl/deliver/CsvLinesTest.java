package io.forkloom.cli.crawl.deliver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** From the JSON of a result to a row. */
class CsvLinesTest {
    private static String line(String json, String... fields) throws IOException {
        return new String(
                new CsvLines(List.of(fields)).line(Parcels.json("k", json).result()), UTF_8);
    }

    @Test
    void columns_are_in_the_order_that_was_asked_for_and_what_is_not_there_is_empty() throws IOException {
        String json =
                "{\"a\":1,\"b\":\"x\",\"c\":null,\"d\":2.50,\"e\":true,\"skip\":[{\"a\":9}],\"f\":[1,{\"g\":\"h\"}]}";
        assertThat(line(json, "f", "none", "e", "d", "c", "b", "a"))
                .isEqualTo("\"[1,{\"\"g\"\":\"\"h\"\"}]\",,true,2.50,,x,1\n".replace("2.50", "2.5"));
    }

    @Test
    void quotes_commas_and_line_ends_come_back_as_they_were() throws IOException {
        String title = "say \"a, b\"\r\nand\nè 🧵,";
        String row =
                line("{\"title\":" + JsonMapper.shared().writeValueAsString(title) + ",\"words\":7}", "title", "words");
        var read = CSVFormat.RFC4180.parse(new StringReader(row)).getRecords();
        assertThat(read).hasSize(1);
        assertThat(read.getFirst().get(0)).isEqualTo(title);
        assertThat(read.getFirst().get(1)).isEqualTo("7");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            value = {"=1+1,'=1+1", "+1,'+1", "-1,'-1", "@SUM,'@SUM", "'=1,''=1", "'tis,'tis", "a=b,a=b"})
    void text_that_a_spreadsheet_would_compute_gets_an_apostrophe_that_can_be_taken_away(String title, String cell)
            throws IOException {
        assertThat(line("{\"title\":\"" + title + "\",\"n\":-1}", "title", "n")).isEqualTo(cell + ",-1\n");
    }

    @Test
    void what_is_not_json_is_told() {
        assertThatThrownBy(() -> line("{\"a\":", "a"))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("a result is not JSON");
    }
}
