package io.ostiary.apikey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ostiary.testkit.MutableClock;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that writes the key file is killed at random moments: the file is always whole and forgets no revocation. */
final class KilledWriterTest {
    /** The long form of this test sets it to 100. */
    private static final int KILLS = Integer.getInteger("ostiary.kills", 5);

    @TempDir
    Path directory;

    /** Revokes one key after another and says each id only when that is done. */
    static final class Writer {
        private Writer() {}

        public static void main(String[] arguments) {
            ApiKeys keys = new ApiKeys(
                    FileApiKeyStore.open(Path.of(arguments[0]), InstantSource.system()),
                    Keys.TOKENS,
                    InstantSource.system());
            System.out.println("ready");
            while (true) {
                ApiKeys.Issued issued = keys.create(Keys.draft());
                keys.revoke(issued.key().id());
                System.out.println(issued.key().id());
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
        Set<String> revoked = new HashSet<>();
        for (int kill = 0; kill < KILLS; kill++) {
            revoked.addAll(runAndKill(file, random.nextInt(12)));
            List<ApiKeyRecord> records = FileApiKeyStore.open(file, clock).all();
            assertTrue(records.contains(first));
            Set<String> still = new HashSet<>();
            records.stream().filter(record -> record.revoked() != null).forEach(record -> still.add(record.id()));
            assertTrue(still.containsAll(revoked), "a revocation was lost");
            assertTrue(records.size() - still.size() <= kill + 2, "at most one key a kill is between two writes");
        }
        assertEquals(0, revoked.size() > KILLS ? 0 : 1, "the writer hardly wrote");
    }

    private static List<String> runAndKill(Path file, int lines) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Writer.class.getName(),
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        List<String> done = new ArrayList<>();
        try (BufferedReader reader = process.inputReader()) {
            assertEquals("ready", reader.readLine());
            for (int i = 0; i < lines; i++) {
                done.add(String.valueOf(reader.readLine()));
            }
            process.destroyForcibly().waitFor();
        }
        return done;
    }
}
