package io.ostiary.apikey;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ostiary.apikey.ApiKeyRecord.Grant;
import io.ostiary.core.config.ConfigurationException;
import io.ostiary.core.crypto.Tokens;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.function.Executable;

/** Records and keys that tests share. */
final class Keys {
    static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    static final Tokens TOKENS = new Tokens();

    private Keys() {}

    static ApiKeys.Draft draft() {
        return new ApiKeys.Draft("live", "billing", "nightly", Grant.of(Set.of("clerk"), Set.of("orders:read")), null);
    }

    /** The message of the mistake that a configuration holds. */
    static String refusal(Executable call) {
        return Objects.requireNonNull(
                assertThrows(ConfigurationException.class, call).getMessage());
    }

    static ApiKeyRecord record() {
        return new ApiKeys(new MemoryApiKeyStore(), TOKENS, () -> NOON)
                .create(draft())
                .record();
    }
}
