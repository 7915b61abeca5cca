package io.ostiary.core.session;

import io.ostiary.testkit.SessionStoreTck;
import java.time.InstantSource;

/** The bound changes nothing of what a store does. */
final class BoundedSessionStoreTest extends SessionStoreTck {
    @Override
    protected SessionStore store(InstantSource time) {
        SessionStore memory = new MemorySessionStore(Fixture.settings("max-sessions", "1000"), time);
        return new Stores(memory, new MemoryRememberStore(1000, time))
                .bounded(64)
                .sessions();
    }
}
