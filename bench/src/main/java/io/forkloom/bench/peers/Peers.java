package io.forkloom.bench.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Those that are there on this machine. */
public final class Peers implements AutoCloseable {
    private static final List<String> IN_PYTHON = List.of(
            "ppe",
            "asyncio",
            "mp",
            "loky",
            "uvloop",
            "aiohttp",
            "lxml",
            "html.parser",
            "pillow.lanczos",
            "pillow.bilinear");

    private final List<Peer> present = new ArrayList<>();
    private final Optional<Path> folder;

    private Peers(Optional<Path> folder) {
        this.folder = folder;
        // After Ctrl-C nobody closes this.
        folder.ifPresent(path -> Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(path), "peers-folder")));
    }

    public static Peers none() {
        return new Peers(Optional.empty());
    }

    /**
     * Looks for all of them.
     *
     * @param python see {@link Pythons#choose}
     * @param say told each one's version, or why it is not there
     */
    public static Peers find(Optional<String> python, Consumer<String> say) throws IOException {
        var peers = new Peers(Optional.of(Files.createTempDirectory("forkloom-bench-")));
        peers.add("c", say, () -> FloorInC.compile(peers.folder.orElseThrow()));
        try {
            var command = Pythons.choose(python);
            for (String name : IN_PYTHON) {
                peers.add(name, say, () -> PythonPeer.find(name, command));
            }
        } catch (PeerException e) {
            say.accept("peers " + String.join(", ", IN_PYTHON) + " are absent: " + e.getMessage());
        }
        return peers;
    }

    /** Makes ready a peer that may be absent. */
    @FunctionalInterface
    private interface Search {
        Peer find() throws PeerException;
    }

    private void add(String name, Consumer<String> say, Search search) {
        try {
            var peer = search.find();
            present.add(peer);
            say.accept("peer " + name + ": " + peer.version());
        } catch (PeerException e) {
            say.accept("peer " + name + " is absent: " + e.getMessage());
        }
    }

    /** Of these names, those that are there. */
    public List<Peer> among(List<String> names) {
        return present.stream().filter(peer -> names.contains(peer.name())).toList();
    }

    @Override
    public void close() {
        folder.ifPresent(Peers::remove);
    }

    private static void remove(Path folder) {
        try (var files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.delete(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (IOException | UncheckedIOException e) {
            // It stays in the folder for temporary files.
        }
    }
}
