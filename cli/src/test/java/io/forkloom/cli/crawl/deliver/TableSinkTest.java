package io.forkloom.cli.crawl.deliver;

import static io.forkloom.cli.crawl.deliver.Parcels.CONSOLE;
import static io.forkloom.cli.crawl.deliver.Parcels.json;
import static io.forkloom.cli.crawl.deliver.Parcels.parcels;
import static io.forkloom.cli.crawl.deliver.Parcels.targets;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.forkloom.cli.InputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Results as rows of a real database. */
@Timeout(60)
class TableSinkTest {
    @TempDir
    Path folder;

    private Connection database() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("o.db"));
    }

    private List<String> query(String sql) throws SQLException {
        var found = new ArrayList<String>();
        try (var connection = database();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        return found;
    }

    private void execute(String sql) throws SQLException {
        try (var connection = database();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private Map<String, Long> deliver(Targets targets, Map<String, Long> positions, List<Parcel> results)
            throws InterruptedException {
        try (var sinks = targets.open(positions, CONSOLE)) {
            sinks.write(results);
            return sinks.flush();
        }
    }

    @Test
    void a_row_has_the_key_typed_columns_and_the_whole_result() throws Exception {
        String json = "{\"source\":\"s\",\"status\":200,\"title\":\"it's\",\"ms\":1.5,\"links\":[\"a\"]}";
        deliver(targets(folder, "DIR/o.db"), Map.of(), List.of(json("k", json)));
        assertThat(query("SELECT key||'|'||source||'|'||status||'|'||title||'|'||ms||'|'||json||'|'||typeof(status)"
                        + "||typeof(ms)||typeof(words) FROM pages"))
                .containsExactly("k|s|200|it's|1.5|" + json + "|integerrealnull");
        assertThat(Parcels.files(folder)).containsExactly("o.db", "o.db.part");
    }

    @Test
    void others_see_a_batch_when_it_is_flushed_and_not_before() throws Exception {
        try (var sinks = targets(folder, "DIR/o.db").open(Map.of(), CONSOLE)) {
            sinks.write(parcels(0, 3));
            assertThat(query("SELECT count(*) FROM pages")).containsExactly("0");
            sinks.flush();
            assertThat(query("SELECT count(*) FROM pages")).containsExactly("3");
            sinks.write(parcels(3, 5));
        }
        assertThat(query("SELECT count(*) FROM pages")).containsExactly("3");
    }

    @Test
    void the_same_key_again_replaces_its_row() throws Exception {
        var targets = targets(folder, "DIR/o.db");
        var positions = deliver(targets, Map.of(), List.of(json("k", "{\"title\":\"old\"}"), json("l", "{}")));
        deliver(targets, positions, List.of(json("k", "{\"title\":\"new\"}")));
        assertThat(query("SELECT key||ifnull(title,'') FROM pages ORDER BY key"))
                .containsExactly("knew", "l");
    }

    @Test
    void a_table_that_is_there_is_refused_or_replaced_and_others_are_left_alone() throws Exception {
        execute("CREATE TABLE other AS SELECT 1 AS one");
        targets(folder, "DIR/o.db").refuseExisting();
        deliver(targets(folder, "DIR/o.db"), Map.of(), parcels(0, 3));
        assertThatThrownBy(() -> targets(folder, "DIR/o.db").refuseExisting())
                .isInstanceOf(InputException.class)
                .hasMessageContaining("o.db has a table pages: name another one by --table, or give --overwrite");

        var again = targets(folder, true, OptionalLong.empty(), "DIR/o.db");
        again.refuseExisting();
        var positions = deliver(again, Map.of(), parcels(7, 8));
        deliver(again, positions, parcels(8, 9));
        assertThat(query("SELECT key FROM pages")).containsExactly("http://a/7", "http://a/8");
        assertThat(query("SELECT one FROM other")).containsExactly("1");
    }

    @Test
    void a_file_that_is_no_database_and_a_table_of_other_columns_are_told() throws Exception {
        Files.writeString(folder.resolve("o.db"), "text ".repeat(1000));
        assertThatThrownBy(() -> targets(folder, "DIR/o.db").refuseExisting())
                .hasMessage("cannot write " + folder + "/o.db: file is not a database");
        Files.delete(folder.resolve("o.db"));
        execute("CREATE TABLE pages (key TEXT PRIMARY KEY, json TEXT)");
        var targets = targets(folder, "DIR/o.db");
        assertThatThrownBy(() -> targets.open(targets.ends(), CONSOLE))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("table pages has no column named source");
    }
}
