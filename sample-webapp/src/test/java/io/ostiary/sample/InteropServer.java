package io.ostiary.sample;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A provider in a process of its own. What it says goes to a file, and to whoever waits for a word. */
final class InteropServer {
    private static final long WORD_SECONDS = 180;
    private static final long STOP_SECONDS = 20;
    private final Process process;
    private final Path log;
    private final LinkedBlockingQueue<String> said = new LinkedBlockingQueue<>();

    private InteropServer(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    static InteropServer start(Path directory, Path log, Map<String, String> environment, List<String> command)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.redirectErrorStream(true).environment().putAll(environment);
        InteropServer server = new InteropServer(builder.start(), log);
        Thread listener = new Thread(server::listen, log.getFileName().toString());
        listener.setDaemon(true);
        listener.start();
        return server;
    }

    /** Runs a command to its end. */
    static void run(Path directory, Path log, List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!process.waitFor(WORD_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroy();
            throw new IOException(String.join(" ", command) + " failed; see " + log);
        }
    }

    /** Waits for a line in which the pattern is found, and returns the match. */
    Matcher awaits(Pattern pattern) throws IOException, InterruptedException {
        while (true) {
            String line = said.poll(WORD_SECONDS, TimeUnit.SECONDS);
            if (line == null) {
                throw new IOException("no '" + pattern + "' was heard; see " + log);
            }
            Matcher matcher = pattern.matcher(line);
            if (matcher.find()) {
                return matcher;
            }
        }
    }

    void tell(String line) throws IOException {
        process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
    }

    void stop() throws InterruptedException {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private void listen() {
        try (var reader = process.inputReader(StandardCharsets.UTF_8);
                Writer file = Files.newBufferedWriter(log)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                file.write(line + "\n");
                file.flush();
                said.add(line);
            }
        } catch (IOException gone) {
            said.add("the process is gone: " + gone.getMessage());
        }
    }
}
