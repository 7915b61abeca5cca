package io.ostiary.apikey;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One small file that several processes replace: readers see the old or the new content, whole, whatever happens to a
 * writer. Thread-safe.
 */
final class KeyFile {
    private static final long MAX_BYTES = 128L * 1024 * 1024;
    private static final long RETRY_NANOS = 1_000_000;
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    private final Path path;

    KeyFile(Path path) {
        this.path = path;
    }

    /** What changes with every replacement: rename gives a new file, and an editor a new time or length. */
    record Stamp(@Nullable Object file, FileTime modified, long size) {
        static Stamp of(Path path) throws IOException {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            return new Stamp(attributes.fileKey(), attributes.lastModifiedTime(), attributes.size());
        }
    }

    Path path() {
        return path;
    }

    Stamp stamp() throws IOException {
        return Stamp.of(path);
    }

    String read() throws IOException {
        if (Files.size(path) > MAX_BYTES) {
            throw new IOException("longer than " + MAX_BYTES + " bytes");
        }
        return Files.readString(path, StandardCharsets.UTF_8);
    }

    void createIfMissing() throws IOException {
        if (!Files.exists(path)) {
            exclusively(() -> Files.exists(path) ? stamp() : write(""));
        }
    }

    /** Whom the permissions let in apart from the owner; empty on a file system without such permissions. */
    Set<PosixFilePermission> openToOthers() throws IOException {
        if (!posix()) {
            return Set.of();
        }
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        permissions.addAll(Files.getPosixFilePermissions(path));
        permissions.removeAll(PosixFilePermissions.fromString("rwx------"));
        return permissions;
    }

    /** Replaces the content; on return it has reached the disk. */
    Stamp write(String text) throws IOException {
        Path target = Files.exists(path) ? path.toRealPath() : path.toAbsolutePath();
        Path temporary = target.resolveSibling(target.getFileName() + ".tmp");
        Files.deleteIfExists(temporary);
        try (FileChannel channel = FileChannel.open(
                temporary, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly())) {
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        keepOwner(target, temporary);
        Stamp stamp = Stamp.of(temporary);
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        forceDirectory(target);
        return stamp;
    }

    /** Keeps out every other writer, of this process and of others, while something runs. */
    <T> T exclusively(Work<T> work) throws IOException {
        Path lockFile = path.resolveSibling(path.getFileName() + ".lock");
        boolean made = !Files.exists(lockFile);
        try (FileChannel channel =
                FileChannel.open(lockFile, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), ownerOnly())) {
            if (made) {
                keepOwner(path, lockFile);
            }
            FileLock lock = take(channel);
            try {
                return work.run();
            } finally {
                lock.release();
            }
        }
    }

    interface Work<T> {
        T run() throws IOException;
    }

    private static FileLock take(FileChannel channel) throws IOException {
        while (true) {
            try {
                return channel.lock();
            } catch (OverlappingFileLockException heldInThisProcess) {
                LockSupport.parkNanos(RETRY_NANOS);
            }
        }
    }

    /** An operator who runs the command as another user must not lock the server out. */
    private static void keepOwner(Path from, Path to) throws IOException {
        if (Files.exists(from)) {
            UserPrincipal owner = Files.getOwner(from);
            if (!owner.equals(Files.getOwner(to))) {
                Files.setOwner(to, owner);
            }
        }
    }

    private void forceDirectory(Path target) throws IOException {
        Path directory = target.getParent();
        if (directory != null && posix()) { // other systems cannot open a directory
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    private FileAttribute<?>[] ownerOnly() {
        return posix()
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
                : new FileAttribute<?>[0];
    }

    private boolean posix() {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
