package io.ostiary.apikey.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ostiary.apikey.ApiKey;
import io.ostiary.testkit.MutableClock;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MainTest {
    private final MutableClock clock = new MutableClock();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path directory;

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return Main.run(clock, new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }

    private String create(Path file) {
        int code = run(
                "apikey",
                "create",
                "--file",
                file.toString(),
                "--owner",
                "billing",
                "--role",
                "clerk",
                "--role",
                "audit",
                "--scope",
                "a,b",
                "--days",
                "90");
        assertEquals(0, code, err.toString());
        return out.toString().strip();
    }

    @Test
    void printsTheKeyOnceAndStoresItsHash() throws Exception {
        Path file = directory.resolve("keys.properties");
        ApiKey key = Objects.requireNonNull(ApiKey.parse(create(file)));
        String stored = Files.readString(file);
        assertTrue(stored.contains("key." + key.id() + ".roles=audit,clerk\n"), stored);
        assertTrue(stored.contains("key." + key.id() + ".expires=2026-04-01T12:00:00Z\n"), stored);
        assertFalse(stored.contains(key.revealText().substring(26, 40)));
        assertFalse(err.toString().contains(key.revealText().substring(26, 40)));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    @Test
    void listsAndWithdraws() {
        Path file = directory.resolve("keys.properties");
        String id = Objects.requireNonNull(ApiKey.parse(create(file))).id();
        assertEquals(0, run("apikey", "revoke", "--file", file.toString(), id));
        assertEquals("Withdrew key " + id + ".\n", err.toString());
        assertEquals(1, run("apikey", "revoke", "--file", file.toString(), id));
        assertEquals(0, run("apikey", "list", "--file", file.toString()));
        assertEquals(
                List.of(
                        "ID\tENV\tSTATE\tOWNER\tNAME\tROLES\tSCOPES\tEXPIRES\tUSED",
                        id + "\tlive\trevoked\tbilling\tbilling\taudit,clerk\ta,b\t2026-04-01T12:00:00Z\t-"),
                out.toString().lines().toList());
    }

    @Test
    void saysWhatIsWrong() {
        Path file = directory.resolve("keys.properties");
        assertEquals(1, run("apikey", "list", "--file", file.toString()));
        assertEquals(
                file + ": the key file does not exist or cannot be read as UTF-8 text (NoSuchFileException)\n",
                err.toString());
        assertEquals(1, run("apikey", "create", "--file", file.toString(), "--owner", "a", "--env", "X"));
        assertEquals("an environment has 2 to 8 lower-case letters, for example live\n", err.toString());
        assertEquals(2, run("apikey", "create", "--file", file.toString()));
        assertTrue(err.toString().startsWith("Missing required option: '--owner=<owner>'\n"), err.toString());
        assertEquals(2, run("apikey"));
    }

    @Test
    void rotatesRenamesAndEndsAKey() throws Exception {
        Path file = directory.resolve("keys.properties");
        ApiKey old = Objects.requireNonNull(ApiKey.parse(create(file)));
        assertEquals(0, run("apikey", "rotate", "--file", file.toString(), "--overlap-hours", "2", old.id()));
        ApiKey next = Objects.requireNonNull(ApiKey.parse(out.toString().strip()));
        assertEquals(old.id(), next.id());
        assertNotEquals(old.hash(), next.hash());
        assertEquals("Rotated key " + old.id() + "; the old one holds for 2 more hours.\n", err.toString());
        assertEquals(0, run("apikey", "rename", "--file", file.toString(), "--name", "nightly run", old.id()));
        assertEquals(0, run("apikey", "expire", "--file", file.toString(), "--days", "1", old.id()));
        String stored = Files.readString(file);
        assertTrue(stored.contains(".name=nightly run\n"), stored);
        assertTrue(stored.contains(".expires=2026-01-02T12:00:00Z\n"), stored);
        assertTrue(stored.contains(".previous-until=2026-01-01T14:00:00Z\n"), stored);
        clock.advance(Duration.ofDays(1));
        assertEquals(1, run("apikey", "rotate", "--file", file.toString(), old.id()));
        assertEquals("There is no key " + old.id() + ", or it was withdrawn or has expired.\n", err.toString());
    }

    @Test
    void letsAKeySign() throws Exception {
        Path file = directory.resolve("keys.properties");
        String id = Objects.requireNonNull(ApiKey.parse(create(file))).id();
        Path secret = directory.resolve("secret");
        Files.writeString(secret, "m".repeat(32) + "\n");
        assertEquals(0, run("apikey", "sign", "--file", file.toString(), "--secret-file", secret.toString(), id));
        assertTrue(out.toString().strip().matches("osts_live_" + id + "_[0-9A-Za-z]{49}"));
        Path open = directory.resolve("client.pub.pem");
        Files.writeString(
                open,
                "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAJrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs=\n-----END"
                        + " PUBLIC KEY-----\n");
        assertEquals(0, run("apikey", "sign", "--file", file.toString(), "--public-key", open.toString(), id));
        String stored = Files.readString(file);
        assertTrue(stored.contains(".signing=ed25519\n"), stored);
        assertTrue(stored.contains(".previous-signing=hmac-sha256\n"), stored);
        assertEquals(1, run("apikey", "sign", "--file", file.toString(), id));
        assertEquals("give either --secret-file or --public-key\n", err.toString());
        assertEquals(1, run("apikey", "sign", "--file", file.toString(), "--secret-file", directory + "/none", id));
        assertEquals(directory + "/none does not exist\n", err.toString());
        assertEquals(
                1,
                run(
                        "apikey",
                        "sign",
                        "--file",
                        file.toString(),
                        "--public-key",
                        open.toString(),
                        "--algorithm",
                        "rsa",
                        id));
        assertEquals("--algorithm is ed25519 or ecdsa-p256-sha256\n", err.toString());
    }
}
