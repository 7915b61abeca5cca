package io.ostiary.apikey;

import io.ostiary.core.config.ConfigurationException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Keeps records in one properties file, and all of them in memory: to look one up touches no disk, save for one look at
 * the file's time each second. A change by this store holds for the very next look-up; one by another process or an
 * editor after at most one second. A file that is missing, broken or open to others denies every request until it is
 * mended. A write replaces the file in one step. Thread-safe.
 */
public final class FileApiKeyStore implements ApiKeyStore {
    private static final long CHECK_EVERY = Duration.ofSeconds(1).toMillis();

    private final KeyFile file;
    private final InstantSource clock;
    private final boolean privateFile;
    private final LastUses lastUses;
    private final ReentrantLock loading = new ReentrantLock();
    private volatile Snapshot snapshot;
    private volatile long checked;

    private record Snapshot(
            Map<String, ApiKeyRecord> records,
            KeyFile.@Nullable Stamp stamp,
            long epoch,
            @Nullable String fault) {}

    private record Content(Map<String, ApiKeyRecord> records, KeyFile.Stamp stamp, String text) {}

    private FileApiKeyStore(Path path, InstantSource clock, boolean privateFile) {
        this.file = new KeyFile(path);
        this.clock = clock;
        this.privateFile = privateFile;
        this.lastUses = new LastUses(new KeyFile(path.resolveSibling(path.getFileName() + ".used")));
        Content content = content(Map.of());
        this.snapshot = new Snapshot(content.records, content.stamp, 0, null);
        this.checked = clock.millis();
    }

    /**
     * Opens a file that exists and that nobody but its owner may read.
     *
     * @param path the key file
     * @param clock tells when to look at the file again
     * @return a store
     * @throws ConfigurationException with file and line if the file cannot be read or holds a mistake
     */
    public static FileApiKeyStore open(Path path, InstantSource clock) {
        return new FileApiKeyStore(path, clock, true);
    }

    /**
     * Opens a file, and makes it, readable by its owner only, if it is not there.
     *
     * @param path the key file; its directory exists
     * @param clock tells when to look at the file again
     * @return a store
     * @throws ConfigurationException with file and line if the file cannot be read or made, or holds a mistake
     */
    public static FileApiKeyStore openOrCreate(Path path, InstantSource clock) {
        try {
            new KeyFile(path).createIfMissing();
        } catch (IOException e) {
            throw new ConfigurationException(
                    path + ": cannot be made (" + e.getClass().getSimpleName() + ")");
        }
        return open(path, clock);
    }

    /** Opens a file that came inside an application archive: others may read it, but not write. */
    static FileApiKeyStore openPacked(Path path, InstantSource clock) {
        return new FileApiKeyStore(path, clock, false);
    }

    @Override
    public @Nullable ApiKeyRecord find(String id) {
        return current().records.get(id);
    }

    @Override
    public List<ApiKeyRecord> all() {
        return content(snapshot.records).records.values().stream()
                .sorted(MemoryApiKeyStore.ORDER)
                .toList();
    }

    @Override
    public boolean insert(ApiKeyRecord record) {
        return change(record, records -> !records.containsKey(record.id()));
    }

    @Override
    public boolean replace(ApiKeyRecord seen, ApiKeyRecord next) {
        if (!seen.id().equals(next.id())) {
            throw new IllegalArgumentException("a record keeps its id");
        }
        return change(next, records -> seen.equals(records.get(seen.id())));
    }

    @Override
    public void used(Map<String, Instant> uses) {
        if (privateFile) { // an unpacked archive is no place to write to
            lastUses.add(uses, current().records.keySet());
        }
    }

    @Override
    public @Nullable Instant lastUsed(String id) {
        return lastUses.get(id);
    }

    @Override
    public long epoch() {
        return current().epoch;
    }

    private boolean change(ApiKeyRecord next, Predicate<Map<String, ApiKeyRecord>> allowed) {
        loading.lock();
        try {
            return file.exclusively(() -> changeAlone(next, allowed));
        } catch (IOException e) {
            throw new UncheckedIOException(name() + ": cannot be written", e);
        } finally {
            loading.unlock();
        }
    }

    private boolean changeAlone(ApiKeyRecord next, Predicate<Map<String, ApiKeyRecord>> allowed) throws IOException {
        Content before = content(snapshot.records);
        if (!allowed.test(before.records)) {
            return false;
        }
        Map<String, ApiKeyRecord> after = new LinkedHashMap<>(before.records);
        after.put(next.id(), next);
        String text = RecordText.put(before.text, next);
        // Also finds hand-written lines that run on over the end of a line, which an edit by lines would tear.
        if (!RecordText.parse(name(), text, after).equals(after)) {
            throw new IllegalStateException(name() + ": key " + next.id() + " cannot be changed in place");
        }
        snapshot = new Snapshot(after, file.write(text), snapshot.epoch + 1, null);
        return true;
    }

    private Snapshot current() {
        if (isDue()) {
            loading.lock(); // whoever waits here would else answer from a snapshot of any age
            try {
                if (isDue()) {
                    refresh();
                    checked = clock.millis();
                }
            } finally {
                loading.unlock();
            }
        }
        Snapshot now = snapshot;
        if (now.fault != null) {
            throw new IllegalStateException(now.fault);
        }
        return now;
    }

    /** A clock that was set back is a reason to look as well. */
    private boolean isDue() {
        return Math.abs(clock.millis() - checked) >= CHECK_EVERY;
    }

    private void refresh() {
        Snapshot old = snapshot;
        try {
            if (old.fault == null && file.stamp().equals(old.stamp)) {
                return;
            }
            Content content = content(old.records);
            snapshot = new Snapshot(content.records, content.stamp, old.epoch + 1, null);
        } catch (IOException | RuntimeException e) {
            String fault = e instanceof ConfigurationException ? e.getMessage() : name() + ": cannot be read";
            snapshot = new Snapshot(Map.of(), null, old.epoch + 1, fault);
        }
    }

    private Content content(Map<String, ApiKeyRecord> known) {
        try {
            KeyFile.Stamp stamp = file.stamp(); // before the content: a change in between is then found next time
            refuseOpenToOthers();
            String text = file.read();
            return new Content(RecordText.parse(name(), text, known), stamp, text);
        } catch (IOException e) {
            throw new ConfigurationException(name() + ": the key file does not exist or cannot be read as UTF-8 text ("
                    + e.getClass().getSimpleName() + ")");
        }
    }

    private void refuseOpenToOthers() throws IOException {
        Set<PosixFilePermission> open = EnumSet.noneOf(PosixFilePermission.class);
        open.addAll(file.openToOthers());
        if (!privateFile) {
            open.removeAll(PosixFilePermissions.fromString("---r--r--"));
        }
        if (!open.isEmpty()) {
            throw new ConfigurationException(
                    name() + ": the key file is open to other users; run: chmod 600 " + name());
        }
    }

    private String name() {
        return file.path().toString();
    }
}
