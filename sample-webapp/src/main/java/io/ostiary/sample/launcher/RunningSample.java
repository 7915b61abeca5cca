package io.ostiary.sample.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A sample that runs. Closing it stops everything it started and deletes its files. Close it from one thread. */
public final class RunningSample implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(RunningSample.class.getName());
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private String baseUrl = "";
    private @Nullable String providerUrl;
    private @Nullable DemoKey demoKey;

    RunningSample() {}

    /**
     * Returns where the sample is.
     *
     * @return for example {@code http://127.0.0.1:8080}, with the context path if there is one, without a slash at its end
     */
    public String baseUrl() {
        return baseUrl;
    }

    /**
     * Returns the issuer of the development provider.
     *
     * @return for example {@code http://127.0.0.1:8090/dev}; null if it was not started
     */
    public @Nullable String providerUrl() {
        return providerUrl;
    }

    /**
     * Returns an API key that the sample accepts.
     *
     * @return the text to send; null if none was minted
     */
    public @Nullable String demoKey() {
        return demoKey == null ? null : demoKey.text();
    }

    /**
     * Returns what the recipes for signed requests read from the environment.
     *
     * @return {@code BASE}, {@code API_KEY}, {@code KEY_ID}, {@code PRIVATE_KEY} and, if the application has a secret of
     *     its own, {@code SIGNING_SECRET}, each with its value, separated by blanks; null if no key was minted
     */
    public @Nullable String demoEnvironment() {
        return demoKey == null ? null : demoKey.environment(baseUrl);
    }

    /**
     * Returns the file that holds the record of {@link #demoKey()}.
     *
     * @return an absolute path; null if no key was minted
     */
    public @Nullable Path demoKeyFile() {
        return demoKey == null ? null : demoKey.file();
    }

    /** Stops the sample and its provider; faults are logged, so that the rest is stopped as well. */
    @Override
    public void close() {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                LOG.log(System.Logger.Level.WARNING, "a part of the sample did not stop", e);
            }
        }
    }

    void owns(AutoCloseable part) {
        parts.push(part);
    }

    /** Makes a directory that only its owner can enter and that goes when this closes. */
    Path ownsDirectory() throws IOException {
        Path directory = Files.createTempDirectory("ostiary-sample-");
        parts.push(() -> delete(directory));
        return directory;
    }

    void isAt(String url) {
        baseUrl = url;
    }

    void hasProvider(String issuer) {
        providerUrl = issuer;
    }

    void hasKey(DemoKey key) {
        demoKey = key;
    }

    private static void delete(Path directory) {
        try (Stream<Path> tree = Files.walk(directory)) {
            List<Path> deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
