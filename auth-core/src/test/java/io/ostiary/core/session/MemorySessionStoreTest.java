package io.ostiary.core.session;

import io.ostiary.testkit.SessionStoreTck;
import java.time.InstantSource;

final class MemorySessionStoreTest extends SessionStoreTck {
    @Override
    protected SessionStore store(InstantSource time) {
        return new MemorySessionStore(Fixture.settings("max-sessions", "1000"), time);
    }
}
