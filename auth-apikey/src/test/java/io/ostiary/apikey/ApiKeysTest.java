package io.ostiary.apikey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ostiary.apikey.ApiKeyRecord.Grant;
import io.ostiary.apikey.ApiKeyRecord.Signing;
import io.ostiary.testkit.MutableClock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What the life cycle and its records let through. */
final class ApiKeysTest {
    private final MutableClock clock = new MutableClock();
    private final ApiKeys keys = new ApiKeys(new MemoryApiKeyStore(), Keys.TOKENS, clock);
    private final ApiKeyRecord made = keys.create(Keys.draft()).record();

    private static String refused(Executable call) {
        return Objects.requireNonNull(
                assertThrows(IllegalArgumentException.class, call).getMessage());
    }

    @Test
    void findsAndLists() {
        ApiKeyRecord other = keys.create(Keys.draft()).record();
        assertEquals(made, keys.find(made.id()));
        assertNull(keys.find("AAAAAAAAAAAAAAAA"));
        assertEquals(Set.of(made, other), Set.copyOf(keys.list()));
    }

    @Test
    void anOverlapIsFromNothingToNinetyDays() {
        assertNotNull(keys.rotate(made, Duration.ofDays(90)));
        for (Duration wrong : List.of(Duration.ofDays(90).plusNanos(1), Duration.ofNanos(-1))) {
            assertEquals("an overlap is from 0 to 90 days", refused(() -> keys.rotate(made, wrong)));
        }
    }

    @Test
    void aNewKeyExpiresInTheFuture() {
        ApiKeys.Draft draft = new ApiKeys.Draft("live", "a", "b", Grant.of(Set.of(), Set.of()), clock.instant());
        assertEquals("a new key expires in the future", refused(() -> keys.create(draft)));
    }

    @Test
    void ownerAndNameStayOnOneLine() {
        String allowed = " has 1 to 200 letters, digits, blanks and ._@:/|+-, no blank at either end";
        assertEquals("a name" + allowed, refused(() -> keys.rename(made, "a\nkey.x.roles=admin")));
        ApiKeys.Draft draft = new ApiKeys.Draft("live", "a=b", "b", Grant.of(Set.of(), Set.of()), null);
        assertEquals("an owner" + allowed, refused(() -> keys.create(draft)));
    }

    @Test
    void aLimitHasBounds() {
        assertEquals(1_000_000, new Grant(Set.of(), Set.of(), Set.of(), 1_000_000, false).perMinute());
        for (int wrong : new int[] {-1, 1_000_001}) {
            assertEquals(
                    "a limit is a number from 0 to 1000000",
                    refused(() -> new Grant(Set.of(), Set.of(), Set.of(), wrong, false)));
        }
    }

    @Test
    void environmentsHaveTwoToEightLetters() {
        for (String env : List.of("qa", "staginga")) {
            ApiKey key = ApiKey.generate(env, Keys.TOKENS);
            assertEquals(
                    env, Objects.requireNonNull(ApiKey.parse(key.revealText())).env());
        }
    }

    @Test
    void key04ARecordNeverPrintsWhatItSignsWith() {
        assertEquals("Signing[ed25519]", new Signing("ed25519", "A".repeat(60)).toString());
    }
}
