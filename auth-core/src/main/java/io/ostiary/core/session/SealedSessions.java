package io.ostiary.core.session;

import io.ostiary.core.Identity;
import io.ostiary.core.crypto.MasterKey;
import io.ostiary.core.crypto.Sealer;
import io.ostiary.core.crypto.Tokens;
import io.ostiary.core.spi.DenyList;
import io.ostiary.core.spi.LogoutTargets.Target;
import io.ostiary.core.spi.SubjectEpochs;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sessions sealed in the browser's cookie (AES-256-GCM under a key of their own). The server keeps only what was withdrawn,
 * so a cookie that was copied before a logout is dead after it. Thread-safe.
 */
final class SealedSessions {
    /** RFC 6265 section 6.1 grants 4096 bytes for name, value and attributes together. */
    private static final int MAX_VALUE = 3800;

    private static final String PURPOSE = "session";
    private final Sealer sealer;
    private final String cookieName;
    private final DenyList denied;
    private final SubjectEpochs epochs;

    SealedSessions(String cookieName, MasterKey key, Tokens tokens, DenyList denied, SubjectEpochs epochs) {
        this.sealer = new Sealer(key.derive("session cookie"), tokens);
        this.cookieName = cookieName;
        this.denied = denied;
        this.epochs = epochs;
    }

    /** Null if it would not fit into a cookie. */
    @Nullable
    String seal(SessionRecord session) {
        String sealed = sealer.seal(session.toJson().getBytes(StandardCharsets.UTF_8), cookieName);
        return sealed.length() <= MAX_VALUE ? sealed : null;
    }

    /** Null if it is not ours or was withdrawn; the caller looks at the time. */
    @Nullable
    SessionRecord open(String value) {
        byte[] plain = value.length() <= MAX_VALUE ? sealer.open(value, cookieName) : null;
        SessionRecord session =
                plain == null ? null : SessionRecord.fromJson(new String(plain, StandardCharsets.UTF_8));
        if (session == null || denied.denied(PURPOSE, session.digest()) || endedByProvider(session.identity())) {
            return null;
        }
        return session.created().isAfter(epochs.notBefore(session.owner())) ? session : null;
    }

    void withdraw(SessionRecord session, Instant until) {
        denied.deny(PURPOSE, session.digest(), until);
    }

    /** Sealed sessions cannot be searched for, so what a provider named is noted instead. */
    void withdraw(Target target, Instant until) {
        denied.deny(target.by().attribute(), target.issuer() + ' ' + target.value(), until);
    }

    /** Whether a provider named the login that somebody came by, here or in a remembered login. */
    boolean endedByProvider(Identity identity) {
        for (Target.By by : List.of(Target.By.PROVIDER_SESSION, Target.By.LOGIN)) {
            String attribute = by.attribute();
            String value = identity.attributes().get(attribute);
            if (value != null && denied.denied(attribute, identity.issuer() + ' ' + value)) {
                return true;
            }
        }
        return false;
    }
}
