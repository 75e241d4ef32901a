package io.forkloom.cli.crawl.config;

import io.forkloom.cli.InputException;
import io.forkloom.cli.crawl.config.Entry.Leaf;
import io.forkloom.cli.crawl.config.Entry.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * Options from a file, as if they had been given on the command line; what was given there wins. The file becomes
 * arguments, and the command line is parsed once more with them, so that every option has the one meaning and the one
 * check that it always has.
 */
public final class Configuration {
    private static final String SOURCES = "sources";
    /** Takes {@code KEY=VALUE}, and what is nested in the file. */
    private static final String NESTED = "-O";

    private final Path file;
    private final CommandSpec command;
    private final ParseResult given;
    private final List<String> sources = new ArrayList<>();
    private final List<String> arguments = new ArrayList<>();

    private Configuration(Path file, CommandSpec command) {
        this.file = file;
        this.command = command;
        this.given = command.commandLine().getParseResult();
    }

    /**
     * Parses the command line of this command once more, with what the file adds to it.
     *
     * @throws InputException with file and line, if something of it makes no sense
     */
    public static void apply(Path file, CommandSpec command) {
        var entries = YamlFile.read(file);
        var configuration = new Configuration(file, command);
        entries.forEach(configuration::add);
        configuration.parse(entries);
    }

    private void add(Entry entry) {
        if (entry.name().equals(SOURCES)) {
            addSources(entry);
            return;
        }
        var option = option(entry.name());
        if (entry.shape() == Shape.MAP) {
            addNested(entry, option);
        } else if (option == null) {
            throw unknown(entry);
        } else if (!given.hasMatchedOption(option)) {
            addValues(entry, option);
        }
    }

    private void addSources(Entry entry) {
        if (entry.shape() == Shape.MAP) {
            throw wrong(entry.line(), "'sources' is a list: write [a, b], or one a line after a dash");
        }
        if (!given.matchedPositionals().isEmpty()) {
            return;
        }
        for (Leaf leaf : entry.leaves()) {
            if (leaf.text().startsWith("-") && leaf.text().length() > 1) {
                throw wrong(leaf.line(), "the source " + leaf.text() + " looks like an option: write ./" + leaf.text());
            }
            sources.add(leaf.text());
        }
    }

    private void addNested(Entry entry, @Nullable OptionSpec named) {
        boolean below = named == null;
        var option = below ? command.findOption(NESTED) : named;
        if (option == null) {
            throw unknown(entry);
        }
        if (!option.isMultiValue()) {
            throw wrong(entry.line(), "'" + entry.name() + "' takes a value, not a map");
        }
        for (Leaf leaf : entry.leaves()) {
            String key = (below ? entry.name() + "." : "") + leaf.path();
            boolean overridden = given.hasMatchedOption(option)
                    && given.matchedOption(option.longestName()).originalStringValues().stream()
                            .anyMatch(each -> each.startsWith(key + "="));
            if (!overridden) {
                arguments.add(option.longestName());
                arguments.add(key + "=" + leaf.text());
            }
        }
    }

    private void addValues(Entry entry, OptionSpec option) {
        if (entry.shape() == Shape.LIST && !option.isMultiValue()) {
            throw wrong(entry.line(), "'" + entry.name() + "' takes one value, not a list");
        }
        for (Leaf leaf : entry.leaves()) {
            if (option.arity().max() > 0) {
                arguments.add(option.longestName());
                arguments.add(leaf.text());
            } else {
                addFlag(entry, option, leaf.text());
            }
        }
    }

    private void addFlag(Entry entry, OptionSpec option, String value) {
        switch (value) {
            case "true" -> arguments.add(option.longestName());
            case "false" -> {
                if (option.negatable()) {
                    arguments.add(option.longestName().replaceFirst("^--", "--no-"));
                }
            }
            default -> throw wrong(entry.line(), "'" + entry.name() + "' is true or false, not '" + value + "'");
        }
    }

    private @Nullable OptionSpec option(String name) {
        var option = command.findOption(name.length() == 1 ? "-" + name : "--" + name);
        return option == null || notForFiles(option) ? null : option;
    }

    private static boolean notForFiles(OptionSpec option) {
        return option.usageHelp()
                || option.versionHelp()
                || option.longestName().equals("--config");
    }

    private InputException unknown(Entry entry) {
        var known = command.options().stream()
                .filter(option -> !notForFiles(option))
                .map(option -> option.longestName().replaceFirst("^--?", ""))
                .collect(Collectors.toCollection(TreeSet::new));
        known.add(SOURCES);
        String name = entry.name().replaceFirst("^--?", "").replace('_', '-');
        String hint = Nearest.to(name, known)
                .map(near -> ": did you mean '" + near + "'?")
                .orElse(" (see forkloom " + command.name() + " --help; here without the dashes)");
        return wrong(entry.line(), "there is no option '" + entry.name() + "'" + hint);
    }

    /** What the file says stands first: where a value is given twice, the later one holds. */
    private void parse(List<Entry> entries) {
        var all = new ArrayList<>(given.originalArgs());
        int place = all.indexOf(command.name()) + 1;
        all.addAll(place, arguments);
        all.addAll(place, sources);
        try {
            root().parseArgs(all.toArray(String[]::new));
        } catch (ParameterException wrong) {
            // Without the file it was parsed well, so the file is at fault.
            throw new InputException(YamlFile.at(file, line(wrong, entries)) + wrong.getMessage(), wrong);
        }
    }

    private CommandLine root() {
        return command.root().commandLine();
    }

    private static int line(ParameterException wrong, List<Entry> entries) {
        if (!(wrong.getArgSpec() instanceof OptionSpec option)) {
            return 0;
        }
        return entries.stream()
                .filter(entry -> List.of(option.names()).contains("--" + entry.name()))
                .mapToInt(Entry::line)
                .findFirst()
                .orElse(0);
    }

    private InputException wrong(int line, String what) {
        return new InputException(YamlFile.at(file, line) + what);
    }
}
