package io.ostiary.rbac.store;

import io.ostiary.core.config.ConfigurationException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Roles in one small text file, for a single machine. A change writes a new file beside it and moves that into place,
 * so a reader sees the old or the new one, whole. Several processes may use the same file: writers take a lock on
 * {@code <file>.lock}, and every read looks whether the file is still the same one, which costs one system call.
 */
public final class FileRoleStore implements RoleStore {
    private final Path file;
    private final Path lockFile;
    private final ReentrantLock writing = new ReentrantLock();
    private volatile Loaded loaded;

    private FileRoleStore(Path file, Loaded loaded) {
        this.file = file;
        this.lockFile = file.resolveSibling(file.getFileName() + ".lock");
        this.loaded = loaded;
    }

    /**
     * Opens a file; one that is not there yet counts as empty.
     *
     * @param file where the roles are; its folder must exist
     * @return a store
     * @throws ConfigurationException if the file or its folder cannot be used; the message names the line
     */
    public static FileRoleStore open(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        Path folder = absolute.getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new ConfigurationException("role file '" + absolute + "': its folder does not exist");
        }
        try {
            return new FileRoleStore(absolute, load(absolute, null));
        } catch (IllegalStateException malformed) {
            throw new ConfigurationException(String.valueOf(malformed.getMessage()));
        } catch (IOException unreadable) {
            throw new ConfigurationException("role file '" + absolute + "' cannot be read as UTF-8 text ("
                    + unreadable.getClass().getSimpleName() + ")");
        }
    }

    @Override
    public Set<String> roles(UserKey user) {
        return snapshot().roles(user);
    }

    @Override
    public RoleSnapshot snapshot() {
        try {
            Loaded now = load(file, loaded);
            loaded = now;
            return now.snapshot;
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    @Override
    public boolean replace(long epoch, UserKey user, Set<String> roles) {
        writing.lock();
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            RoleSnapshot before = snapshot();
            if (before.epoch() != epoch || !lock.isValid()) {
                return false;
            }
            write(before.with(user, roles));
            snapshot();
            return true;
        } catch (OverlappingFileLockException otherStoreOfThisProcess) {
            return false;
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        } finally {
            writing.unlock();
        }
    }

    private void write(RoleSnapshot snapshot) throws IOException {
        Path fresh = Files.createTempFile(file.getParent(), file.getFileName() + ".", ".new");
        try {
            try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = StandardCharsets.UTF_8.encode(RoleFileText.write(snapshot));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            makeNewer(fresh);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    /** Two changes within one tick of the file system's clock must not look like the same file to a reader. */
    private void makeNewer(Path fresh) throws IOException {
        FileTime before = loaded.modified;
        if (before != null && Files.getLastModifiedTime(fresh).compareTo(before) <= 0) {
            Files.setLastModifiedTime(fresh, FileTime.fromMillis(before.toMillis() + 2));
        }
    }

    private static Loaded load(Path file, @Nullable Loaded known) throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            if (known != null && known.isStill(attributes)) {
                return known;
            }
            // Looked at before it is read: a file that changes in between is read again the next time.
            RoleSnapshot snapshot = RoleFileText.read(Files.readString(file, StandardCharsets.UTF_8));
            return new Loaded(snapshot, attributes.fileKey(), attributes.lastModifiedTime(), attributes.size());
        } catch (NoSuchFileException missing) {
            if (known != null && known.size >= 0) {
                throw missing;
            }
            return known != null ? known : new Loaded(new RoleSnapshot(0, Map.of()), null, null, -1);
        } catch (IllegalArgumentException malformed) {
            throw new IllegalStateException("role file " + file + ":" + malformed.getMessage());
        }
    }

    /** What was read, and by what the same file is known again. */
    private record Loaded(
            RoleSnapshot snapshot,
            @Nullable Object key,
            @Nullable FileTime modified,
            long size) {
        boolean isStill(BasicFileAttributes now) {
            return now.size() == size && now.lastModifiedTime().equals(modified) && Objects.equals(now.fileKey(), key);
        }
    }
}
