package io.forkloom.cli.crawl.parse;

import static io.forkloom.cli.crawl.parse.Pages.json;
import static io.forkloom.cli.crawl.parse.Pages.recipe;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Statistics of JSON and CSV. */
class TablesTest {
    private static JsonNode tree(String json) {
        return JsonMapper.shared().readTree(json);
    }

    @Test
    void json_is_counted_by_kind_and_depth() throws Exception {
        var json = json(Pages.of(
                "a.json", "{\"a\": [1, 2.5, null], \"b\": {\"c\": {\"d\": true}}, \"e\": \"x\"}", Recipe.AUTO));

        assertThat(json.get("root").stringValue()).isEqualTo("object");
        assertThat(json.get("values").intValue()).isEqualTo(9);
        assertThat(json.get("depth").intValue()).isEqualTo(3);
        assertThat(json.get("objects").intValue()).isEqualTo(3);
        assertThat(json.get("arrays").intValue()).isEqualTo(1);
        assertThat(json.get("strings").intValue()).isEqualTo(1);
        assertThat(json.get("numbers").intValue()).isEqualTo(2);
        assertThat(json.get("booleans").intValue()).isEqualTo(1);
        assertThat(json.get("nulls").intValue()).isEqualTo(1);
        assertThat(json.has("rows")).isFalse();
    }

    @Test
    void a_list_of_objects_has_rows_and_columns_and_so_have_lines() throws Exception {
        String columns = """
                [{"name": "id", "types": {"integer": 3}, "nulls": 0, "min": 1.0, "max": 3.0, "mean": 2.0},
                 {"name": "v", "types": {"array": 1, "number": 1}, "nulls": 1, "min": 0.5, "max": 0.5, "mean": 0.5}]""";
        String rows = "{\"id\": 1, \"v\": 0.5},{\"id\": 2, \"v\": null},{\"id\": 3, \"v\": [{\"id\": 99}]}";
        for (var page : new Page[] {
            Pages.of("a.json", "[" + rows + "]", Recipe.AUTO),
            Pages.of("a.jsonl", rows.replace("},{\"id", "}\n{\"id"), Recipe.AUTO)
        }) {
            var json = json(page);
            assertThat(json.get("rows").intValue()).isEqualTo(3);
            assertThat(json.get("columns")).isEqualTo(tree(columns));
        }
    }

    @Test
    void broken_and_empty_json_say_where() {
        assertThatThrownBy(() -> Parsers.parse(Pages.of("a.json", "{\"a\":\n [1, }", Recipe.AUTO)))
                .isInstanceOf(UnreadableException.class)
                .hasMessageContaining("is no JSON: ")
                .hasMessageContaining("line 2, column ");
        assertThatThrownBy(() -> Parsers.parse(Pages.of("a.json", "  ", Recipe.AUTO)))
                .hasMessageContaining("it is empty");
        assertThatThrownBy(() -> Parsers.parse(Pages.of("a.json", "[".repeat(100_000), Recipe.AUTO)))
                .isInstanceOf(UnreadableException.class);
    }

    @Test
    void csv_has_rows_and_what_its_columns_hold() throws Exception {
        String csv = "name;size;ok;note\n\"a;\nb\";1;true;\nc;2.5;false;x\nd;-4;true;1e3\nshort;7\n";
        var json = json(Pages.of("a.csv", csv, Recipe.AUTO));

        assertThat(json.get("rows").intValue()).isEqualTo(4);
        assertThat(json.get("width").intValue()).isEqualTo(4);
        assertThat(json.get("ragged").intValue()).isEqualTo(1);
        assertThat(json.get("header").booleanValue()).isTrue();
        assertThat(json.get("delimiter").stringValue()).isEqualTo(";");
        assertThat(json.get("columns")).isEqualTo(tree("""
                [{"name": "name", "types": {"text": 4}, "nulls": 0},
                 {"name": "size", "types": {"integer": 3, "number": 1}, "nulls": 0, "min": -4.0, "max": 7.0, "mean": 1.625},
                 {"name": "ok", "types": {"boolean": 3}, "nulls": 0},
                 {"name": "note", "types": {"number": 1, "text": 1}, "nulls": 1, "min": 1000.0, "max": 1000.0,
                  "mean": 1000.0}]"""));
    }

    @Test
    void a_table_without_a_header_has_numbers_for_names_and_options_win_over_guesses() throws Exception {
        var guessed = json(Pages.of("a.tsv", "1\t2\n3\t4\n", Recipe.AUTO));
        assertThat(guessed.get("header").booleanValue()).isFalse();
        assertThat(guessed.get("rows").intValue()).isEqualTo(2);
        assertThat(guessed.get("columns").get(1).get("name").stringValue()).isEqualTo("2");

        var told = json(Pages.of(
                "a.csv", "x,y|z\nu,v|w\n", recipe("csv", "csv.header=no", "csv.delimiter=pipe", "csv.columns=1")));
        assertThat(told.get("rows").intValue()).isEqualTo(2);
        assertThat(told.get("width").intValue()).isEqualTo(2);
        assertThat(told.get("columns").size()).isEqualTo(1);
        assertThat(told.get("moreColumns").booleanValue()).isTrue();
    }

    @Test
    void csv_of_any_charset_empty_or_lengthyis_read() throws Exception {
        var latin = json(Pages.of("a.csv", "gr\u00f6\u00dfe\n1\n".getBytes(ISO_8859_1), Recipe.AUTO));
        assertThat(latin.get("columns").get(0).get("name").stringValue()).isEqualTo("gr\u00f6\u00dfe");
        assertThat(json(Pages.of("a.csv", "", Recipe.AUTO)).get("rows").intValue())
                .isZero();
        String many = IntStream.range(0, 100_000)
                .mapToObj(i -> i + "," + i % 7)
                .collect(Collectors.joining("\n", "i,j\n", ""));
        var lengthy = json(Pages.of("a.csv", many, Recipe.AUTO));
        assertThat(lengthy.get("rows").intValue()).isEqualTo(100_000);
        assertThat(lengthy.get("columns").get(0).get("mean").doubleValue()).isEqualTo(49_999.5);
    }

    @Test
    void a_quote_that_never_ends_costs_its_page() {
        assertThatThrownBy(() -> Parsers.parse(Pages.of("a.csv", "a,b\n1,\"2\n3,4\n", Recipe.AUTO)))
                .isInstanceOf(UnreadableException.class)
                .hasMessageContaining("is no table: ");
    }
}
