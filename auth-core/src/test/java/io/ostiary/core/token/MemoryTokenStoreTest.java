package io.ostiary.core.token;

import io.ostiary.testkit.TokenStoreTck;
import java.time.InstantSource;

final class MemoryTokenStoreTest extends TokenStoreTck {
    @Override
    protected TokenStore store(InstantSource time) {
        return new MemoryTokenStore(1000, time);
    }
}
