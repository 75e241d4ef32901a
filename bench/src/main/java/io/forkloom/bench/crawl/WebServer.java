package io.forkloom.bench.crawl;

import io.forkloom.bench.peers.AskedProgram;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Serves a folder on the loopback interface, the same for ours and for the peers: nginx with one process, else a server of ours. */
interface WebServer extends AutoCloseable {
    int port();

    /** What it is, for the report. */
    String name();

    @Override
    void close() throws IOException;

    static WebServer of(Path folder) throws Exception {
        var nginx = nginx();
        return nginx.isPresent() ? Nginx.start(nginx.get(), folder) : Ours.start(folder.toString());
    }

    static Optional<Path> nginx() {
        return List.of("/usr/sbin/nginx", "/usr/bin/nginx", "/usr/local/bin/nginx").stream()
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** A JVM of its own with {@link PageServer}. */
    record Ours(AskedProgram program, int port) implements WebServer {
        /** @param what a folder, or what else {@link PageServer} serves */
        static Ours start(String what) throws Exception {
            var program = AskedProgram.ofJava(PageServer.class, what);
            return new Ours(program, (int) program.measure()[0]);
        }

        @Override
        public String name() {
            return "a server in Java (nginx is absent)";
        }

        @Override
        public void close() {
            program.close();
        }
    }

    /** One process, no log. */
    record Nginx(Process process, Path home, int port) implements WebServer {
        private static final int MOST_TRIES = 200;
        private static final long PAUSE_MILLIS = 25;

        static Nginx start(Path program, Path folder) throws IOException, InterruptedException {
            int port;
            try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                port = free.getLocalPort();
            }
            var home = Files.createTempDirectory("forkloom-nginx-");
            String user = System.getProperty("user.name").equals("root") ? "user root;" : "";
            var config = home.resolve("nginx.conf");
            Files.writeString(config, config(user, home, port, folder));
            var process = new ProcessBuilder(program.toString(), "-c", config.toString(), "-e", "stderr")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroy, "nginx-end"));
            var nginx = new Nginx(process, home, port);
            try {
                nginx.awaitAnswer();
                return nginx;
            } catch (IOException | InterruptedException e) {
                nginx.close();
                throw e;
            }
        }

        private static String config(String user, Path home, int port, Path folder) {
            return """
                %1$s daemon off; worker_processes 1; pid %2$s/pid; error_log stderr crit;
                events { worker_connections 1024; }
                http { access_log off; keepalive_requests 1000000; sendfile on; tcp_nodelay on; types { text/html html; image/jpeg jpg; }
                  client_body_temp_path %2$s/a; proxy_temp_path %2$s/b; fastcgi_temp_path %2$s/c; uwsgi_temp_path %2$s/d; scgi_temp_path %2$s/e;
                  server { listen 127.0.0.1:%3$d backlog=1024; root "%4$s"; } }
                """.formatted(user, home, port, folder);
        }

        private void awaitAnswer() throws IOException, InterruptedException {
            for (int tries = 1; ; tries++) {
                try (var socket = new Socket()) {
                    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                    return;
                } catch (IOException notYet) {
                    if (tries == MOST_TRIES || !process.isAlive()) {
                        throw new IOException("nginx does not answer", notYet);
                    }
                    Thread.sleep(PAUSE_MILLIS);
                }
            }
        }

        @Override
        public String name() {
            return "nginx, one process";
        }

        @Override
        public void close() throws IOException {
            process.destroy();
            try {
                process.waitFor(5, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            Corpus.remove(home);
        }
    }
}
