package io.ostiary.core.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.ostiary.core.AuthOutcome;
import io.ostiary.core.Identity;
import io.ostiary.core.cache.MemoryDenyList;
import io.ostiary.core.spi.DenyList;
import io.ostiary.testkit.FakeRequest;
import io.ostiary.testkit.MutableClock;
import java.util.Objects;

/** Any cookie but the very one that was set is nobody, in both modes, and never a fault. */
final class CookieFuzzTest {
    private static final String NAME = "__Host-ostiary";
    private static final MutableClock CLOCK = new MutableClock();
    private static final Sessions SEALED = sessions("cookie");
    private static final Sessions SERVER = sessions("server");
    private static final String OF_COOKIE = logIn(SEALED);
    private static final String OF_SERVER = logIn(SERVER);

    @FuzzTest(maxDuration = "10m")
    void onlyTheCookieThatWasSetIsSomebody(FuzzedDataProvider data) {
        int kind = data.consumeInt(0, 3);
        String real = kind % 2 == 0 ? OF_COOKIE : OF_SERVER;
        String text = kind < 2 ? spliced(real, data) : data.consumeRemainingAsString();
        check(SEALED, text, OF_COOKIE);
        check(SERVER, text, OF_SERVER);
        SessionRecord read = SessionRecord.fromJson(text);
        if (read != null) {
            assertEquals(read, SessionRecord.fromJson(read.toJson()));
        }
    }

    private static void check(Sessions sessions, String text, String real) {
        AuthOutcome outcome = sessions.load(FakeRequest.get("/").cookie(NAME, text));
        if (text.equals(real)) {
            assertInstanceOf(AuthOutcome.Authenticated.class, outcome);
        } else {
            assertInstanceOf(AuthOutcome.Failed.class, outcome);
        }
        assertNull(sessions.pending(FakeRequest.get("/").cookie(NAME, text)));
    }

    /** The real one with a part taken out and something else in its place. */
    private static String spliced(String real, FuzzedDataProvider data) {
        int from = data.consumeInt(0, real.length());
        int to = data.consumeInt(from, real.length());
        return real.substring(0, from) + data.consumeRemainingAsString() + real.substring(to);
    }

    private static Sessions sessions(String mode) {
        SessionSettings settings = Fixture.settings("mode", mode);
        DenyList denied = new MemoryDenyList(100, CLOCK);
        return Fixture.sessions(
                settings, new MemorySessionStore(settings, CLOCK), denied, CLOCK, event -> {}, "k".repeat(32));
    }

    private static String logIn(Sessions sessions) {
        Identity ada = Identity.of("oauth", "https://op.example", "ada", CLOCK.instant());
        return Objects.requireNonNull(
                sessions.save(FakeRequest.get("/"), ada).get(0).value());
    }
}
