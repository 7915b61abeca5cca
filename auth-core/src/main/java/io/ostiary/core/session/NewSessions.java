package io.ostiary.core.session;

import io.ostiary.core.AuthRequest;
import io.ostiary.core.Identity;
import io.ostiary.core.crypto.Tokens;
import io.ostiary.core.spi.SubjectKey;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/** Begins sessions, each with an id of its own. Thread-safe. */
final class NewSessions {
    private static final int MAX_TRIES = 5;
    private final SessionStore store;
    private final Carrier carrier;
    private final Tokens tokens;
    private final InstantSource clock;

    NewSessions(SessionStore store, Carrier carrier, Tokens tokens, InstantSource clock) {
        this.store = store;
        this.carrier = carrier;
        this.tokens = tokens;
        this.clock = clock;
    }

    /** What the server keeps, and what the browser does. */
    record Begun(SessionRecord session, String value) {}

    Begun begin(AuthRequest request, Identity identity, SessionRecord.State state) {
        for (int tries = 0; tries < MAX_TRIES; tries++) {
            String id = tokens.next();
            SessionRecord session = SessionRecord.begun(id, state, identity, created(identity), request);
            String value = carrier.begin(session, id);
            if (value != null) {
                return new Begun(session, value);
            }
        }
        throw new IllegalStateException("somebody is logged out everywhere as fast as they log in");
    }

    /** A node whose clock is ahead may have logged the person out everywhere "later" than now. */
    private Instant created(Identity identity) {
        Instant earliest = store.notBefore(SubjectKey.of(identity)).plusMillis(1);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return now.isAfter(earliest) ? now : earliest;
    }
}
