package io.forkloom.cli.crawl.source;

import io.forkloom.cli.InputException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What can be known of the arguments before work starts. The lines of lists are looked at when they are read. */
public final class SourceCheck {
    /** {@code example.org}, {@code localhost:8080/page}; the names of many files look like that too. */
    private static final Pattern HOST = Pattern.compile("[a-z0-9-]+((\\.[a-z0-9-]+)+|:[0-9]+)(/.*)?");

    private SourceCheck() {}

    /**
     * Refuses what cannot be a source.
     *
     * @param proxies behind which the hosts are, if any
     */
    public static void check(List<String> arguments, Optional<ProxySelector> proxies) {
        if (arguments.isEmpty()) {
            throw new InputException("no sources: name URLs, files, folders, @list or - (or try --demo)");
        }
        var hosts = new HashSet<String>();
        for (String argument : arguments) {
            if (argument.isBlank()) {
                throw new InputException("a source is empty: name a URL, a file, a folder, @list or -");
            }
            if (WebAddress.looksLike(argument)) {
                URI uri = address(argument);
                if (hosts.add(uri.getHost())) {
                    lookUp(uri, proxies.orElseGet(ProxySelector::getDefault));
                }
            } else if (!argument.equals("-")) {
                file(argument);
            }
        }
        if (arguments.stream().filter("-"::equals).count() > 1) {
            throw new InputException("- was given twice, and standard input can be read once");
        }
    }

    /** A source that the results would replace. */
    public static void refuseAsOutput(String to, List<String> sources) {
        for (String source : sources) {
            String name = source.startsWith("@") ? source.substring(1) : source;
            if (!WebAddress.looksLike(source) && isSameFile(name, to)) {
                throw new InputException("--to " + to + " is the source " + source + ": name another file");
            }
        }
    }

    private static boolean isSameFile(String name, String other) {
        try {
            return Files.isRegularFile(Path.of(name)) && Files.isSameFile(Path.of(name), Path.of(other));
        } catch (IOException | InvalidPathException notThere) {
            return false;
        }
    }

    private static String hint(String name) {
        return HOST.matcher(name).matches() ? " (a URL begins with http:// or https://)" : "";
    }

    private static URI address(String argument) {
        try {
            return WebAddress.parse(argument);
        } catch (IllegalArgumentException wrong) {
            throw new InputException(String.valueOf(wrong.getMessage()), wrong);
        }
    }

    private static void lookUp(URI uri, @Nullable ProxySelector selector) {
        // Behind a proxy it is the proxy that knows the hosts.
        if (selector != null
                && selector.select(uri).stream().anyMatch(proxy -> proxy.type() != java.net.Proxy.Type.DIRECT)) {
            return;
        }
        try {
            InetAddress.getAllByName(uri.getHost());
        } catch (UnknownHostException unknown) {
            throw new InputException("no such host: " + uri.getHost() + " (in " + uri + ")", unknown);
        }
    }

    private static void file(String argument) {
        boolean list = argument.startsWith("@");
        String name = list ? argument.substring(1) : argument;
        Path path;
        try {
            path = Path.of(name);
        } catch (InvalidPathException wrong) {
            throw new InputException("'" + name + "' is not the name of a file: " + wrong.getReason(), wrong);
        }
        if (!Files.exists(path)) {
            throw new InputException(name + ": no such file" + (list ? " (a list of sources)" : hint(name)));
        }
        if (list && Files.isDirectory(path)) {
            throw new InputException(name + " is a folder: give it without the @ to crawl the files in it");
        }
        if (!list && !Files.isDirectory(path) && !Files.isRegularFile(path)) {
            throw new InputException(name + " is neither a file nor a folder");
        }
        if (!Files.isReadable(path)) {
            throw new InputException(name + ": permission denied");
        }
    }
}
