package io.ostiary.apikey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileApiKeyStoreTest extends ApiKeyStoreTck {
    @TempDir
    Path directory;

    private Path file() {
        return directory.resolve("keys.properties");
    }

    @Override
    ApiKeyStore create() {
        return FileApiKeyStore.openOrCreate(file(), clock);
    }

    private ApiKeyStore other() {
        return FileApiKeyStore.open(file(), clock);
    }

    @Test
    void outlivesTheProcess() {
        ApiKeyRecord record = Keys.record();
        store.insert(record);
        store.used(Map.of(record.id(), Keys.NOON));
        assertEquals(record, other().find(record.id()));
        assertEquals(Keys.NOON, other().lastUsed(record.id()));
    }

    @Test
    void seesAChangeByAnotherProcessWithinASecond() {
        ApiKeyRecord record = Keys.record();
        store.insert(record);
        ApiKeyStore reader = other();
        assertTrue(new ApiKeys(store, Keys.TOKENS, clock).revoke(record.id()));
        assertNull(Objects.requireNonNull(reader.find(record.id())).revoked());
        clock.advance(Duration.ofSeconds(1));
        assertNotNull(Objects.requireNonNull(reader.find(record.id())).revoked());
    }

    @Test
    void losesNoChangeOfAnotherProcess() {
        ApiKeyStore second = other();
        ApiKeyRecord one = Keys.record();
        ApiKeyRecord two = Keys.record();
        store.insert(one);
        second.insert(two);
        assertEquals(2, store.all().size());
        assertTrue(store.replace(two, two.withName("renamed")));
    }

    @Test
    void severalStoresOnOneFileRaceWithoutLoss() throws Exception {
        race(() -> other().insert(Keys.record()));
        assertEquals(RACERS, store.all().size());
    }

    @Test
    void deniesWhileTheFileIsBrokenAndComesBack() throws IOException {
        ApiKeyRecord record = Keys.record();
        store.insert(record);
        String good = Files.readString(file());
        Files.writeString(file(), good + "oops\n");
        clock.advance(Duration.ofSeconds(1));
        String message = assertThrows(IllegalStateException.class, () -> store.find(record.id()))
                .getMessage();
        assertEquals(file() + ":8: 'oops' is blank; give it a value or remove it", message);
        Files.writeString(file(), good);
        clock.advance(Duration.ofSeconds(1));
        assertEquals(record, store.find(record.id()));
    }

    @Test
    void deniesWhileTheFileIsMissingOrOpenToOthers() throws IOException {
        ApiKeyRecord record = Keys.record();
        store.insert(record);
        Path aside = directory.resolve("aside");
        Files.move(file(), aside);
        clock.advance(Duration.ofSeconds(1));
        assertThrows(IllegalStateException.class, () -> store.find(record.id()));
        Files.move(aside, file());
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r-----"));
        clock.advance(Duration.ofSeconds(1));
        String message = assertThrows(IllegalStateException.class, () -> store.find(record.id()))
                .getMessage();
        assertEquals(file() + ": the key file is open to other users; run: chmod 600 " + file(), message);
    }

    @Test
    void noticesAnEditAfterTheClockWasSetBack() throws IOException {
        ApiKeyRecord record = Keys.record();
        store.insert(record);
        Files.writeString(file(), "");
        clock.advance(Duration.ofHours(-1));
        assertNull(store.find(record.id()));
    }

    @Test
    void keepsWhatAPersonWroteAndRefusesToTearALine() throws IOException {
        ApiKeyRecord record = Keys.record();
        String text = RecordText.write(record).replace("name=nightly", "name=night\\\n   ly");
        Files.writeString(file(), "# of the night shift\n" + text);
        assertEquals(List.of(record), store.all());
        String message = assertThrows(RuntimeException.class, () -> store.replace(record, record.withName("x")))
                .getMessage();
        assertTrue(String.valueOf(message).startsWith(file().toString()), message);
        assertTrue(store.insert(Keys.record()));
        assertEquals("# of the night shift", Files.readAllLines(file()).get(0));
    }

    @Test
    void writesForTheOwnerOnlyAndLeavesNoTemporaryFile() throws IOException {
        store.insert(Keys.record());
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));
        try (var files = Files.list(directory)) {
            assertEquals(
                    List.of("keys.properties", "keys.properties.lock"),
                    files.map(path -> path.getFileName().toString()).sorted().toList());
        }
    }

    @Test
    void writesThroughALink() throws IOException {
        Path link = directory.resolve("link.properties");
        Files.createSymbolicLink(link, file());
        FileApiKeyStore.open(link, clock).insert(Keys.record());
        assertTrue(Files.isSymbolicLink(link));
        assertEquals(1, store.all().size());
    }

    @Test
    void skipsABrokenLineOfLastUses() throws IOException {
        ApiKeyRecord record = Keys.record();
        store.insert(record);
        Files.writeString(
                directory.resolve("keys.properties.used"),
                "x\nshort=1\n" + record.id() + "=soon\n" + record.id() + "=" + Keys.NOON + "\n");
        assertEquals(Keys.NOON, other().lastUsed(record.id()));
    }

    @Test
    void losesNoUseThatAnotherProcessNoted() {
        ApiKeyRecord one = Keys.record();
        ApiKeyRecord two = Keys.record();
        store.insert(one);
        store.insert(two);
        ApiKeyStore second = other();
        store.used(Map.of(one.id(), Keys.NOON));
        second.used(Map.of(two.id(), Keys.NOON));
        assertEquals(Keys.NOON, second.lastUsed(one.id()));
        assertEquals(Keys.NOON, other().lastUsed(one.id()));
        assertEquals(Keys.NOON, other().lastUsed(two.id()));
    }

    @Test
    void aFileThatDidNotChangeIsNotReadAgain() {
        store.insert(Keys.record());
        long epoch = store.epoch();
        clock.advance(Duration.ofSeconds(5));
        assertEquals(epoch, store.epoch());
    }

    @Test
    void writesNothingBesideAPackedFile() {
        ApiKeyRecord record = Keys.record();
        store.insert(record);
        FileApiKeyStore.openPacked(file(), clock).used(Map.of(record.id(), Keys.NOON));
        assertTrue(Files.notExists(directory.resolve("keys.properties.used")));
    }
}
