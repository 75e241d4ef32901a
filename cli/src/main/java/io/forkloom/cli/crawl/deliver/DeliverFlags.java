package io.forkloom.cli.crawl.deliver;

import io.forkloom.cli.InputException;
import io.forkloom.cli.Range;
import io.forkloom.cli.Size;
import io.forkloom.cli.crawl.deliver.HttpOptions.Header;
import io.forkloom.cli.crawl.deliver.HttpOptions.Patience;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where results go, in the order of the help. */
public final class DeliverFlags {
    private static final Size SMALLEST_SPLIT = Size.of("64k");
    private static final Size LARGEST_SPLIT = Size.of("512g");

    @Option(
            names = "--to",
            paramLabel = "OUT",
            description = {
                "A file of JSON lines (.jsonl), .csv, .sqlite, a",
                "folder/ with a file a result, http(s)://..., or -",
                "for standard output. csv:, jsonl:, sqlite: or",
                "folder: before it says what it is; .gz at its end",
                "compresses. Can be given several times."
            })
    List<String> to = new ArrayList<>();

    @Option(names = "--overwrite", description = "Replace what OUT has from before.")
    boolean overwrite;

    @Option(
            names = "--split",
            paramLabel = "SIZE",
            converter = Size.Converter.class,
            description = {"Begin another file when one has this size:", "OUT-00001.jsonl and so on."})
    @Nullable
    Size split;

    @Option(names = "--table", paramLabel = "NAME", description = "Table in .sqlite; default pages.")
    @Nullable
    String table;

    @Option(
            names = "--method",
            paramLabel = "METHOD",
            description = {
                "POST (the default) or PUT, which puts the key at",
                "the end of the URL, or where {key} stands in it."
            })
    @Nullable
    String method;

    @Option(
            names = "--header",
            paramLabel = "HEADER",
            description = {"'Name: value', sent with each result. Can be", "given several times."})
    List<String> headers = new ArrayList<>();

    @Option(names = "--http-limit", paramLabel = "N", description = "Results under way to a server; default 16.")
    @Nullable
    Integer httpLimit;

    /**
     * The places; refuses that there is none, and what makes no sense.
     *
     * @param fields the columns of rows; where there are none, the usual ones
     */
    public Targets targets(List<String> fields) {
        if (to.isEmpty()) {
            throw new InputException("--to is missing: name the file of results, or - for standard output");
        }
        return targets(to, fields);
    }

    /** The same at places that somebody else names. */
    public Targets targets(List<String> places, List<String> fields) {
        var reader = new TargetReader(options(fields));
        var targets = places.stream().map(reader::read).toList();
        refuseWhatIsForNone(targets);
        return new Targets(targets, overwrite);
    }

    private DeliverOptions options(List<String> fields) {
        if (split != null && (split.bytes() < SMALLEST_SPLIT.bytes() || split.bytes() > LARGEST_SPLIT.bytes())) {
            throw new InputException("--split " + split + " is out of range: between 64k and 512g");
        }
        if (table != null && !table.matches("(?i)(?!sqlite_)[a-z_][a-z0-9_]*")) {
            throw new InputException("--table '" + table + "' is not the name of a table: letters, digits and _");
        }
        return new DeliverOptions(
                overwrite,
                split == null ? OptionalLong.empty() : OptionalLong.of(split.bytes()),
                table == null ? "pages" : table,
                fields.isEmpty() ? Fields.STANDARD : List.copyOf(fields),
                http());
    }

    private HttpOptions http() {
        String verb = method == null ? "POST" : method.toUpperCase(Locale.ROOT);
        if (!verb.equals("POST") && !verb.equals("PUT")) {
            throw new InputException("--method " + method + ": choose POST or PUT");
        }
        int limit = httpLimit == null ? 16 : httpLimit;
        Range.check("--http-limit", limit, 1, 1_000);
        return new HttpOptions(verb, headers.stream().map(DeliverFlags::header).toList(), limit, Patience.USUAL);
    }

    /** Says nothing of the value, which is often a secret. */
    private static Header header(String text) {
        int colon = text.indexOf(':');
        if (colon < 1) {
            throw new InputException("--header: write 'Name: value'; there is no name before a colon");
        }
        var header = new Header(
                text.substring(0, colon).strip(), text.substring(colon + 1).strip());
        try {
            HttpRequest.newBuilder(URI.create("http://localhost/")).header(header.name(), header.value());
            return header;
        } catch (IllegalArgumentException wrong) {
            throw new InputException("--header '" + header + "': a header of this name or value cannot be sent");
        }
    }

    private void refuseWhatIsForNone(List<Target> targets) {
        refuse("--split", split != null, targets, LineFile.class, "a file of lines");
        refuse("--table", table != null, targets, Table.class, "a .sqlite");
        refuse("--method", method != null, targets, Endpoint.class, "a server");
        refuse("--header", !headers.isEmpty(), targets, Endpoint.class, "a server");
        refuse("--http-limit", httpLimit != null, targets, Endpoint.class, "a server");
    }

    private static void refuse(
            String option, boolean given, List<Target> targets, Class<? extends Target> kind, String what) {
        if (given && targets.stream().noneMatch(kind::isInstance)) {
            throw new InputException(option + " is for " + what + ", and --to names none");
        }
    }

    /** As they were given. */
    public List<String> places() {
        return List.copyOf(to);
    }

    public boolean overwrite() {
        return overwrite;
    }
}
