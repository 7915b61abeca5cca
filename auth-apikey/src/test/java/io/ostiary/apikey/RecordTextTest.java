package io.ostiary.apikey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.ostiary.apikey.ApiKeyRecord.Grant;
import io.ostiary.apikey.ApiKeyRecord.Previous;
import io.ostiary.apikey.ApiKeyRecord.Proof;
import io.ostiary.apikey.ApiKeyRecord.Signing;
import io.ostiary.core.Secret;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RecordTextTest {
    private static final String ID = "AAAAAAAAAAAAAAA1";
    private static final String VALID = "# keys of the shop\nkey." + ID + ".hash=" + "0f".repeat(32) + "\nkey." + ID
            + ".owner=billing\nkey." + ID + ".created=2026-01-01T00:00:00Z\n";

    private static String refused(String text) {
        return Keys.refusal(() -> RecordText.parse("keys.properties", text));
    }

    @Test
    void readsAMinimalRecord() {
        ApiKeyRecord record = Objects.requireNonNull(
                RecordText.parse("keys.properties", VALID).get(ID));
        assertEquals("live", record.env());
        assertEquals("billing", record.name());
        assertEquals(Grant.of(Set.of(), Set.of()), record.grant());
    }

    @Test
    void readsWhatItWrites() {
        Signing signing = new Signing("ed25519", "A".repeat(60));
        ApiKeyRecord record = new ApiKeyRecord(
                ID,
                "dev",
                new Proof(Secret.of(new byte[32]), signing),
                new Previous(
                        new Proof(Secret.of("x".repeat(32)), new Signing("hmac-sha256", "B".repeat(80))), Keys.NOON),
                "https://id.example|ada",
                ":Zo\u00eb's".replace("'", "") + " = 1".replace("=", "-"),
                new Grant(Set.of("b", "a"), Set.of("orders:*"), Set.of("10.0.0.0/8", "::1"), 60, true),
                Keys.NOON,
                Keys.NOON.plusMillis(1500),
                Keys.NOON.plusSeconds(9));
        String text = RecordText.write(record);
        assertEquals(Map.of(ID, record), RecordText.parse("keys.properties", text));
    }

    @Test
    void replacesOneRecordAndLeavesTheRest() {
        ApiKeyRecord other = Keys.record();
        String text = RecordText.put(VALID, other);
        ApiKeyRecord renamed =
                Objects.requireNonNull(RecordText.parse("f", text).get(ID)).withName("new name");
        String after = RecordText.put(text, renamed);
        assertEquals(List.of("# keys of the shop"), after.lines().limit(1).toList());
        assertEquals(Map.of(ID, renamed, other.id(), other), RecordText.parse("f", after));
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " => ", textBlock = """
        hash=0f => keys.properties:1: 'key.AAAAAAAAAAAAAAA1.hash' (hidden) is not allowed; allowed: 64 lower-case hexadecimal digits, the SHA-256 of the key's secret part
        owner=a,b => keys.properties:1: 'key.AAAAAAAAAAAAAAA1.owner' is 'a,b'; allowed: 1 to 200 letters, digits, blanks and ._@:/|+-, no blank at either end
        env=LIVE => keys.properties:1: 'key.AAAAAAAAAAAAAAA1.env' is 'LIVE'; allowed: 2 to 8 lower-case letters
        roles=a b => keys.properties:1: 'key.AAAAAAAAAAAAAAA1.roles' is 'a b'; allowed: comma-separated words of 1 to 64 letters, digits and ._:/*-
        scopes=a,,b => keys.properties:1: 'key.AAAAAAAAAAAAAAA1.scopes' is 'a,,b'; allowed: a comma-separated list, without an empty element
        networks=10.0.0.1/8 => keys.properties:1: 'key.AAAAAAAAAAAAAAA1.networks' is '10.0.0.1/8'; allowed: addresses or CIDR ranges such as 10.0.0.0/8 or 2001:db8::/32
        per-minute=-1 => keys.properties:1: 'key.AAAAAAAAAAAAAAA1.per-minute' is '-1'; allowed: a whole number from 0 to 1000000
        personal=yes => keys.properties:1: 'key.AAAAAAAAAAAAAAA1.personal' is 'yes'; allowed: true or false
        expires=tomorrow => keys.properties:1: 'key.AAAAAAAAAAAAAAA1.expires' is 'tomorrow'; allowed: a time in UTC such as 2026-01-31T00:00:00Z
        signing=none => keys.properties:1: 'key.AAAAAAAAAAAAAAA1.signing' is 'none'; allowed: one of hmac-sha256, ed25519, ecdsa-p256-sha256
        signing=ed25519 => keys.properties: 'key.AAAAAAAAAAAAAAA1.signing-key' is required: 32 to 400 characters of base64
        previous-until=2026-01-31T00:00:00Z => keys.properties: 'key.AAAAAAAAAAAAAAA1.previous-hash' is required: 64 lower-case hexadecimal digits, the SHA-256 of the key's secret part
        experies=2026-01-31T00:00:00Z => keys.properties:1: 'key.AAAAAAAAAAAAAAA1.experies' is not a known setting; did you mean 'key.AAAAAAAAAAAAAAA1.expires'?
        """)
    void refusesABrokenField(String line, String message) {
        String rest = VALID.lines()
                .filter(each -> !each.startsWith("key." + ID + "." + line.substring(0, line.indexOf('=')) + "="))
                .reduce("", (a, b) -> a + b + "\n");
        assertEquals(message, refused("key." + ID + "." + line + "\n" + rest));
    }

    @Test
    void refusesAMissingField() {
        assertEquals(
                "keys.properties: 'key." + ID
                        + ".hash' is required: 64 lower-case hexadecimal digits, the SHA-256 of the key's secret part",
                refused("key." + ID + ".owner=x\n"));
    }

    @Test
    void refusesADuplicateId() {
        assertEquals(
                "keys.properties:5: 'key." + ID + ".hash' is set twice; it is also set at keys.properties:2: 'key." + ID
                        + ".hash'",
                refused(VALID + VALID.substring(VALID.indexOf("key."))));
    }

    @Test
    void refusesAnIdOfAnotherForm() {
        assertEquals(
                "keys.properties:2: 'key.short.hash' is of the key 'short'; an id has 16 letters and digits",
                refused(VALID.replace(ID, "short")));
    }

    @Test
    void refusesALineThatIsNoKey() {
        assertEquals("keys.properties:1: 'secret' is not a known setting", refused("secret=x\n" + VALID));
    }

    @Test
    void refusesAPlaceholder() {
        assertEquals(
                "keys.properties:3: 'key." + ID
                        + ".owner': environment variable 'HOME' is not set; set it, or give a default with"
                        + " ${env:HOME:-default}",
                refused(VALID.replace("billing", "${env:HOME}")));
    }

    @Test
    void takesOverWhatDidNotChangeAndReadsTheRest() {
        ApiKeyRecord one = Keys.record();
        ApiKeyRecord two = Keys.record();
        Map<String, ApiKeyRecord> known = Map.of(one.id(), one, two.id(), two);
        ApiKeyRecord renamed = two.withName("renamed");
        String text = RecordText.put(RecordText.put("# all\n", one), renamed);
        Map<String, ApiKeyRecord> read = RecordText.parse("f", text, known);
        assertEquals(RecordText.parse("f", text), read);
        assertSame(one, read.get(one.id()));
        assertEquals(renamed, read.get(two.id()));
        assertEquals(Map.of(), RecordText.parse("f", "# all\n", known));
    }

    @Test
    void findsEveryMistakeBesideRecordsThatDidNotChange() {
        ApiKeyRecord one = Keys.record();
        Map<String, ApiKeyRecord> known = Map.of(one.id(), one);
        String text = RecordText.write(one);
        String key = "key." + one.id();
        for (String more : List.of(
                "oops=1\n",
                " " + key + ".roles=x\n",
                key + ".roles=x\n",
                " " + text.replace("\n", "\n "),
                "key.short.hash=x\n")) {
            String strict = Keys.refusal(() -> RecordText.parse("f", text + more));
            assertEquals(strict, Keys.refusal(() -> RecordText.parse("f", text + more, known)));
        }
        String late = text + " " + key + ".expires=2026-01-31T00:00:00Z\n";
        assertEquals(RecordText.parse("f", late), RecordText.parse("f", late, known));
        String folded = text.replace("nightly", "night\\\n  ly");
        assertEquals(known, RecordText.parse("f", folded, known));
    }

    @Test
    void keepsWhatALoginVouchedFor() {
        Grant grant = new Grant(Set.of("editor"), Set.of(), Set.of(), 0, true, Set.of("editor", "viewer"));
        ApiKeyRecord record = Keys.record().withGrant(grant);
        String text = RecordText.put("", record);
        assertEquals(record, RecordText.parse("keys.properties", text).get(record.id()));
        assertEquals(
                "keys.properties:5: 'key." + ID
                        + ".vouched' is 'a b'; allowed: comma-separated words of 1 to 64 letters,"
                        + " digits and ._:/*-",
                refused(VALID + "key." + ID + ".vouched=a b\n"));
    }
}
