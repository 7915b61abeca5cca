package io.ostiary.apikey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ostiary.apikey.ApiKeyRecord.Grant;
import io.ostiary.testkit.MutableClock;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that writes the key file is killed at random moments: the file is always whole, and nothing that was taken
 * away comes back. {@code -Dostiary.kills=100} is the long form.
 */
final class KilledWriterTest {
    private static final int KILLS = Integer.getInteger("ostiary.kills", 8);
    private static final Grant WIDE = Grant.of(Set.of("clerk", "admin"), Set.of("orders:write"));
    private static final Grant NARROW = Grant.of(Set.of("clerk"), Set.of());

    @TempDir
    Path directory;

    /** Takes rights away from one key after another and says each step only when it is done. */
    static final class Writer {
        private Writer() {}

        public static void main(String[] arguments) throws IOException {
            FileApiKeyStore store = FileApiKeyStore.open(Path.of(arguments[0]), InstantSource.system());
            ApiKeys keys = new ApiKeys(store, Keys.TOKENS, InstantSource.system());
            System.out.println("ready");
            int go = System.in.read();
            while (go > 0) {
                ApiKeyRecord made = keys.create(new ApiKeys.Draft("live", "billing", "nightly", WIDE, null))
                        .record();
                ApiKeyRecord rotated =
                        Objects.requireNonNull(keys.rotate(made, Duration.ZERO)).record();
                System.out.println("rotated " + made.id() + " " + RecordLine.hash(made));
                ApiKeyRecord narrow = Objects.requireNonNull(keys.grant(rotated, NARROW));
                System.out.println("narrowed " + made.id());
                Objects.requireNonNull(keys.expire(narrow, Keys.NOON));
                System.out.println("expired " + made.id());
                keys.revoke(made.id());
                System.out.println("revoked " + made.id());
            }
        }
    }

    private record RecordLine(String step, String id, String hash) {
        static RecordLine of(String line) {
            String[] words = (line + " ").split(" ", -1);
            return new RecordLine(words[0], words[1], words[2]);
        }

        static String hash(ApiKeyRecord record) {
            return HexFormat.of().formatHex(record.proof().hash().revealBytes());
        }

        /** What was said to be done must be done still. */
        void assertHolds(ApiKeyRecord record) {
            switch (step) {
                case "rotated" -> {
                    assertNull(record.previous(), "the old secret is back");
                    assertNotEquals(hash, hash(record), "the old secret is back");
                }
                case "narrowed" -> assertEquals(NARROW, record.grant(), "rights are back");
                case "expired" -> assertEquals(Keys.NOON, record.expires(), "an end was lost");
                default -> assertNotNull(record.revoked(), "a revocation was lost");
            }
        }
    }

    @Test
    void theFileIsNeverTornNorMorePermissive() throws Exception {
        Path file = directory.resolve("keys.properties");
        MutableClock clock = new MutableClock();
        ApiKeyRecord first = Keys.record();
        FileApiKeyStore.openOrCreate(file, clock).insert(first);
        Random random = new Random(1);
        List<RecordLine> done = new ArrayList<>();
        Process next = start(file);
        for (int kill = 0; kill < KILLS; kill++) {
            Process writer = next;
            next = start(file); // meanwhile, and it reads while the other writes
            done.addAll(runAndKill(writer, random.nextInt(20), random.nextInt(20_000_000), file, first));
            Map<String, ApiKeyRecord> records = FileApiKeyStore.open(file, clock).all().stream()
                    .collect(Collectors.toMap(ApiKeyRecord::id, Function.identity()));
            assertEquals(first, records.get(first.id()));
            done.forEach(line -> line.assertHolds(Objects.requireNonNull(records.get(line.id), line.id)));
            long live = records.values().stream()
                    .filter(record -> record.revoked() == null)
                    .count();
            assertTrue(live <= kill + 2, "at most one key a kill is between two steps");
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        }
        next.destroyForcibly().waitFor();
        assertTrue(done.size() > 3 * KILLS, "the writers hardly wrote: " + done.size());
    }

    private static Process start(Path file) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Writer.class.getName(),
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /**
     * Lets a writer get so far, and a little further: from a moment after a step to well into later ones. What stands in the
     * file meanwhile is what a kill at that very moment would leave, so it is looked at as often as possible.
     */
    private static List<RecordLine> runAndKill(Process writer, int lines, int nanosMore, Path file, ApiKeyRecord first)
            throws Exception {
        List<RecordLine> done = new ArrayList<>();
        try (BufferedReader reader = writer.inputReader();
                BufferedWriter go = writer.outputWriter()) {
            assertEquals("ready", reader.readLine());
            go.write("go");
            go.flush();
            for (int i = 0; i < lines; i++) {
                done.add(RecordLine.of(String.valueOf(reader.readLine())));
            }
            long end = System.nanoTime() + nanosMore;
            while (System.nanoTime() - end < 0) {
                assertEquals(
                        first, RecordText.parse("keys", Files.readString(file)).get(first.id()));
            }
            writer.destroyForcibly().waitFor();
        }
        return done;
    }
}
