package io.ostiary.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * Debian's nginx with the lines of docs/proxies.md, TLS on a port of 127.0.0.1. Where it must be there, a machine without
 * one fails the test instead of skipping it.
 */
final class Nginx implements AutoCloseable {
    private static final Path PAGE = Path.of("../docs/proxies.md");
    private static final Pattern SNIPPET = Pattern.compile("```nginx\n(.*?)```", Pattern.DOTALL);
    private static final int TRIES = 200;
    private final Process process;

    private Nginx(Process process) {
        this.process = process;
    }

    /** Skips the test if there is none. */
    static Path program() {
        Optional<Path> found = Stream.concat(
                        Stream.of(System.getenv("PATH").split(java.io.File.pathSeparator)), Stream.of("/usr/sbin"))
                .map(directory -> Path.of(directory, "nginx"))
                .filter(Files::isExecutable)
                .findFirst();
        if (found.isEmpty()) {
            String message = "PROXY TEST SKIPPED: needs nginx on the PATH or in /usr/sbin";
            assertTrue(!"required".equals(System.getenv("OSTIARY_NGINX")), message);
            Assumptions.abort(message);
        }
        return found.orElseThrow();
    }

    static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    /** Runs in a directory of its own; {@code keys} holds {@code cert.pem} and {@code key.pem}. */
    static Nginx start(Path directory, Path keys, int port, String upstream) throws Exception {
        Path program = program();
        Files.createDirectories(directory.resolve("temp"));
        Path file = directory.resolve("nginx.conf");
        Files.writeString(file, configuration(keys, port, upstream));
        Path log = directory.resolve("error.log");
        Process process = new ProcessBuilder(
                        program.toString(), "-p", directory.toString(), "-c", file.toString(), "-e", log.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("out.log").toFile())
                .start();
        for (int i = 0; i < TRIES; i++) {
            boolean ended = process.waitFor(50, TimeUnit.MILLISECONDS);
            assertTrue(!ended, () -> "nginx ended: " + text(log));
            if (listens(port)) {
                return new Nginx(process);
            }
        }
        process.destroyForcibly();
        throw new IllegalStateException("nginx does not listen: " + text(log));
    }

    private static String configuration(Path keys, int port, String upstream) throws IOException {
        Matcher snippet = SNIPPET.matcher(Files.readString(PAGE));
        assertTrue(snippet.find(), "docs/proxies.md has no block of nginx");
        String server = snippet.group(1);
        List<String[]> here = List.of(
                new String[] {"listen 443 ssl;", "listen 127.0.0.1:" + port + " ssl;"},
                new String[] {
                    "/etc/ssl/app.example.pem", keys.resolve("cert.pem").toString()
                },
                new String[] {
                    "/etc/ssl/app.example.key", keys.resolve("key.pem").toString()
                },
                new String[] {"http://127.0.0.1:8080;", upstream + ";"});
        for (String[] change : here) {
            assertEquals(2, server.split(Pattern.quote(change[0]), -1).length, change[0]);
            server = server.replace(change[0], change[1]);
        }
        String temporary = Stream.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
                .map(kind -> "  " + kind + "_temp_path temp/" + kind + ";\n")
                .reduce("", String::concat);
        return "daemon off;\nmaster_process off;\npid nginx.pid;\nevents {}\nhttp {\n  access_log off;\n" + temporary
                + server + "}\n";
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    private static String text(Path log) {
        try {
            return Files.exists(log) ? Files.readString(log) : "";
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
