package io.ostiary.rbac.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ostiary.core.config.ConfigurationException;
import io.ostiary.rbac.tck.RoleStoreContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FileRoleStoreTest extends RoleStoreContract {
    private static final UserKey ADA = new UserKey("https://id.example", "ada");

    @TempDir
    private Path folder;

    @Override
    protected RoleStore create() {
        return FileRoleStore.open(file());
    }

    private Path file() {
        return folder.resolve("roles.txt");
    }

    @Test
    void survivesARestart() {
        create().replace(0, ADA, Set.of("admin", "ops"));
        RoleStore again = create();
        assertEquals(Set.of("admin", "ops"), again.roles(ADA));
        assertEquals(1, again.snapshot().epoch());
    }

    @Test
    void writesReadableText() throws IOException {
        RoleStore store = create();
        store.replace(0, ADA, Set.of("ops", "admin"));
        store.replace(1, new UserKey("https://id.example", "a\tb\\"), Set.of("viewer"));
        assertEquals("""
                ostiary-roles 1 epoch=2 users=2
                https://id.example\ta\\tb\\\\\tviewer
                https://id.example\tada\tadmin,ops
                """, Files.readString(file()));
    }

    @Test
    void onlyTheOwnerMayReadTheFileAndNothingIsLeftBehind() throws IOException {
        create().replace(0, ADA, Set.of("admin"));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(
                    List.of("roles.txt", "roles.txt.lock"),
                    files.map(path -> path.getFileName().toString()).sorted().toList());
        }
    }

    @Test
    void seesWhatAnotherProcessChangesOnTheNextRead() {
        RoleStore mine = create();
        RoleStore theirs = create();
        assertTrue(theirs.replace(0, ADA, Set.of("admin")));
        assertEquals(Set.of("admin"), mine.roles(ADA));
        assertFalse(mine.replace(0, ADA, Set.of("viewer")));
        assertTrue(mine.replace(1, ADA, Set.of("viewer")));
        assertEquals(Set.of("viewer"), theirs.roles(ADA));
    }

    @Test
    void seesAnEditOfTheSameLengthAndTime() throws IOException {
        RoleStore store = create();
        store.replace(0, ADA, Set.of("admin"));
        FileTime time = Files.getLastModifiedTime(file());
        Path edited = folder.resolve("edited");
        Files.writeString(edited, Files.readString(file()).replace("admin", "guest"));
        Files.setLastModifiedTime(edited, time);
        Files.move(edited, file(), StandardCopyOption.REPLACE_EXISTING);
        assertEquals(Set.of("guest"), store.roles(ADA));
    }

    @Test
    void seesAnEditInPlaceOfTheSameLength() throws IOException {
        RoleStore store = create();
        store.replace(0, ADA, Set.of("admin"));
        Files.writeString(file(), Files.readString(file()).replace("admin", "guest"));
        Files.setLastModifiedTime(file(), FileTime.fromMillis(5_000));
        assertEquals(Set.of("guest"), store.roles(ADA));
    }

    @Test
    void eachVersionHasATimeOfItsOwn() throws IOException {
        RoleStore store = create();
        FileTime earlier = FileTime.fromMillis(0);
        for (int i = 0; i < 20; i++) {
            store.replace(i, ADA, Set.of("r" + i));
            FileTime now = Files.getLastModifiedTime(file());
            assertTrue(now.compareTo(earlier) > 0);
            earlier = now;
        }
    }

    @Test
    void refusesWhileAnotherStoreOfThisProcessWrites() throws IOException {
        RoleStore store = create();
        try (FileChannel channel = FileChannel.open(
                        folder.resolve("roles.txt.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            assertTrue(lock.isValid());
            assertFalse(store.replace(0, ADA, Set.of("admin")));
        }
        assertTrue(store.replace(0, ADA, Set.of("admin")));
    }

    @Test
    void aFileThatVanishesIsAFaultNotAnEmptyStore() throws IOException {
        RoleStore store = create();
        store.replace(0, ADA, Set.of("admin"));
        Files.delete(file());
        assertThrows(UncheckedIOException.class, () -> store.roles(ADA));
        assertThrows(UncheckedIOException.class, () -> store.replace(1, ADA, Set.of("viewer")));
    }

    @Test
    void aFolderThatVanishesIsAFault() throws IOException {
        Path inner = Files.createDirectory(folder.resolve("inner"));
        RoleStore store = FileRoleStore.open(inner.resolve("roles"));
        Files.delete(inner);
        assertThrows(UncheckedIOException.class, () -> store.replace(0, ADA, Set.of("admin")));
    }

    @Test
    void aFileThatBecomesMalformedIsAFaultAndHealsWhenRepaired() throws IOException {
        RoleStore store = create();
        store.replace(0, ADA, Set.of("admin"));
        String good = Files.readString(file());
        Files.writeString(file(), "garbage");
        assertEquals(
                "role file " + file() + ":1: is not the head of a role file",
                assertThrows(IllegalStateException.class, () -> store.roles(ADA))
                        .getMessage());
        Files.writeString(file(), good);
        assertEquals(Set.of("admin"), store.roles(ADA));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | 1: is not the head of a role file",
                "ostiary-roles 2 epoch=1 users=0@ | 1: is not the head of a role file",
                "ostiary-roles 1 epoch=-1 users=0@ | 1: is not the head of a role file",
                "ostiary-roles 1 epoch=1 users=0 | 1: the file ends too early or too late: its head says 0 users",
                "ostiary-roles 1 epoch=1 users=1@ | 2: the file ends too early or too late: its head says 1 users",
                "ostiary-roles 1 epoch=1 users=1@i#s#a | 2: the file ends too early or too late: its head says 1 users",
                "ostiary-roles 1 epoch=1 users=0@i#s#a@ | 3: the file ends too early or too late: its head says 0 users",
                "ostiary-roles 1 epoch=1 users=1@i#s@ | 2: is not 'issuer TAB subject TAB role,role'",
                "ostiary-roles 1 epoch=1 users=1@i#s#@ | 2: is not 'issuer TAB subject TAB role,role'",
                "ostiary-roles 1 epoch=1 users=1@i#s#a,@ | 2: is not 'issuer TAB subject TAB role,role'",
                "ostiary-roles 1 epoch=1 users=1@i#s#*@ | 2: is not 'issuer TAB subject TAB role,role'",
                "ostiary-roles 1 epoch=1 users=1@#s#a@ | 2: is not 'issuer TAB subject TAB role,role'",
                "ostiary-roles 1 epoch=1 users=1@i# #a@ | 2: is not 'issuer TAB subject TAB role,role'",
                "ostiary-roles 1 epoch=1 users=1@i#s#a#b@ | 2: is not 'issuer TAB subject TAB role,role'",
                "ostiary-roles 1 epoch=1 users=2@i#s#a@i#s#b@ | 3: the same user is in an earlier line"
            })
    void refusesToStartWithMalformedFile(String text, String problem) throws IOException {
        Files.writeString(file(), text.replace('@', '\n').replace('#', '\t'));
        assertRefused("role file " + file() + ":" + problem, file());
    }

    @Test
    void refusesToStartWithoutTheFolder() {
        Path file = folder.resolve("none/roles");
        assertRefused("role file '" + file + "': its folder does not exist", file);
        assertRefused("role file '/': its folder does not exist", Path.of("/"));
    }

    @Test
    void refusesToStartWithBytesThatAreNoText() throws IOException {
        Files.write(file(), new byte[] {(byte) 0xff, (byte) 0xfe});
        assertRefused("role file '" + file() + "' cannot be read as UTF-8 text (MalformedInputException)", file());
    }

    @Test
    void readsEscapesAndLeavesALoneBackslashAlone() {
        String text = "ostiary-roles 1 epoch=9 users=1\na\\tb\tc\\nd\\re\\\\f\\\tr\n";
        UserKey odd = RoleFileText.read(text).users().keySet().iterator().next();
        assertEquals(new UserKey("a\tb", "c\nd\re\\f\\"), odd);
    }

    private static void assertRefused(String message, Path file) {
        assertEquals(
                message,
                assertThrows(ConfigurationException.class, () -> FileRoleStore.open(file))
                        .getMessage());
    }
}
