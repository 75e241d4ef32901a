package io.forkloom.cli.crawl.deliver;

import io.forkloom.cli.Console;
import io.forkloom.cli.InputException;
import io.forkloom.cli.crawl.source.SourceCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** All that {@code --to} names, checked before work starts. Holds nothing open. */
public final class Targets {
    private final List<Target> targets;
    private final boolean overwrite;

    Targets(List<Target> targets, boolean overwrite) {
        this.targets = List.copyOf(targets);
        this.overwrite = overwrite;
        var seen = new HashSet<String>();
        for (Target target : targets) {
            if (!seen.add(target.home().map(Path::toString).orElse(target.name()))) {
                throw new InputException("--to " + target + " was given twice: name each place once");
            }
        }
    }

    /** The path that journal and failures stand beside: the first that is a file or a folder. */
    public Optional<Path> home() {
        return targets.stream().flatMap(target -> target.home().stream()).findFirst();
    }

    /** The file of failures; empty where there is no file beside which it could stand. */
    public Optional<Path> failures() {
        return home().map(home -> Beside.of(home, Beside.FAILURES));
    }

    /** The file of the journal; empty where there is none to stand beside, and the crawl is not kept. */
    public Optional<Path> journal() {
        return home().map(home -> Beside.of(home, Beside.JOURNAL));
    }

    /** The file of the journal of a crawl whose first local place this is. */
    public static Path journalOf(String place) {
        return Beside.of(Path.of(place.replaceFirst("^(csv|jsonl|sqlite|folder):", "")), Beside.JOURNAL);
    }

    /** Whether results go to standard output, which nothing else should be printed to then. */
    public boolean takeStandardOutput() {
        return targets.stream().anyMatch(target -> target instanceof Outlet outlet && outlet.isStandardOutput());
    }

    /** Refuses to write where a source is. */
    public void refuseSources(List<String> sources) {
        for (Target target : targets) {
            target.home().map(Path::toString).ifPresent(to -> SourceCheck.refuseAsOutput(to, sources));
            if (target instanceof Folder folder) {
                sources.stream().filter(folder::isSource).findFirst().ifPresent(source -> {
                    throw new InputException("--to " + folder + " is the source " + source + ": name another folder");
                });
            }
        }
    }

    /** Refuses to touch what is there from before, for a crawl that begins. */
    public void refuseExisting() {
        for (Target target : targets) {
            try {
                target.refuseExisting();
            } catch (IOException failure) {
                throw target.unwritable(failure);
            }
        }
        failures().filter(Beside::isThere).ifPresent(failures -> {
            if (Files.isDirectory(failures)) {
                throw new InputException(failures + " is a folder, and the failures would go there: name another --to");
            }
            if (!overwrite) {
                throw new InputException(failures + " exists: name another file, or give --overwrite");
            }
        });
    }

    /** Files that a walk over a folder must not take for sources. */
    public boolean isOwn(Path file) {
        return targets.stream().anyMatch(target -> target.isOwn(file));
    }

    /**
     * Opens all of them.
     *
     * @param positions what the journal has of an earlier run, or {@link #ends()}; empty for a crawl that begins
     */
    public Sinks open(Map<String, Long> positions, Console console) {
        return Sinks.open(targets, positions, console);
    }

    /** The positions at which complete results can be added to. */
    public Map<String, Long> ends() {
        var ends = new LinkedHashMap<String, Long>();
        for (Target target : targets) {
            try {
                ends.put(target.name(), target.end());
            } catch (IOException failure) {
                throw target.unwritable(failure);
            }
        }
        return ends;
    }

    /** For the user: {@code pages.jsonl and pages.sqlite}. */
    @Override
    public String toString() {
        return targets.stream().map(Target::toString).collect(Collectors.joining(" and "));
    }
}
