package io.ostiary.matrix;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A server as its makers ship it, started by its own script; it tells on its standard output when it is ready. */
final class Distribution implements Container {
    private static final int PATIENCE_SECONDS = 300;
    private final Process process;
    private final CompletableFuture<Boolean> ready = new CompletableFuture<>();
    private final Thread cleanup = new Thread(this::end, "end of the container");

    /**
     * How to run one.
     *
     * @param command its script and arguments
     * @param environment variables to add
     * @param directory where its log goes
     * @param ready what a line says when it is up
     * @param started what a line says for each application that is there
     * @param applications how many there are
     */
    record Launch(
            List<String> command,
            Map<String, String> environment,
            Path directory,
            Pattern ready,
            Pattern started,
            int applications) {}

    private Distribution(Launch launch) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(launch.command()).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(launch.environment());
        process = builder.start();
        Runtime.getRuntime().addShutdownHook(cleanup);
        Thread reader = new Thread(() -> read(launch), "log of the container");
        reader.setDaemon(true);
        reader.start();
    }

    static Container start(Launch launch) throws Exception {
        Distribution running = new Distribution(launch);
        try {
            running.ready.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (Exception e) {
            running.close();
            throw e;
        }
        return running;
    }

    /** The distribution that the build unpacked. */
    static Path home() {
        return Path.of(System.getProperty("matrix.home", "")).toAbsolutePath();
    }

    /** What both sides have to agree on, as options of a JVM. */
    static List<String> options() throws IOException {
        String ran = System.getProperty("matrix.ran", "");
        Files.createDirectories(Path.of(ran));
        return List.of(
                "-Dmatrix.ran=" + ran,
                "-Dmatrix.owner=" + ProcessHandle.current().pid());
    }

    private void read(Launch launch) {
        int started = 0;
        try (BufferedReader lines = process.inputReader();
                Writer log = Files.newBufferedWriter(launch.directory().resolve("container.log"))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                log.write(line + "\n");
                log.flush();
                started += launch.started().matcher(line).find() ? 1 : 0;
                if (launch.ready().matcher(line).find()) {
                    ready.complete(started == launch.applications());
                }
            }
            ready.completeExceptionally(new IllegalStateException("it ended; its log is in " + launch.directory()));
        } catch (IOException e) {
            ready.completeExceptionally(new UncheckedIOException(e));
        }
    }

    @Override
    public boolean available() {
        return ready.getNow(false);
    }

    @Override
    public void close() {
        end();
        Runtime.getRuntime().removeShutdownHook(cleanup);
    }

    /** The script and what it started; nothing in them is worth a goodbye. */
    private void end() {
        List<ProcessHandle> all = process.descendants().toList();
        process.destroyForcibly();
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(one -> one.onExit().join());
        process.onExit().join();
    }
}
