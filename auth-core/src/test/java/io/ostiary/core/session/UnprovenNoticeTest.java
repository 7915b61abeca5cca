package io.ostiary.core.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.ostiary.core.Identity;
import io.ostiary.core.SetCookie;
import io.ostiary.core.spi.DenyList;
import io.ostiary.core.spi.LogoutTargets.Target;
import io.ostiary.testkit.FakeRequest;
import io.ostiary.testkit.MutableClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who proves nothing can end what they can name, and can fill nothing. */
final class UnprovenNoticeTest {
    private static final String ISSUER = "https://op.example";
    private final MutableClock clock = new MutableClock();
    private final Set<String> noted = new HashSet<>();
    private final DenyList denied = new DenyList() {
        @Override
        public void deny(String purpose, String id, Instant until) {
            noted.add(purpose + ' ' + id);
        }

        @Override
        public boolean denied(String purpose, String id) {
            return noted.contains(purpose + ' ' + id);
        }
    };
    private final List<String> ended = new ArrayList<>();

    private Sessions sessions(String remember) {
        SessionSettings settings = Fixture.settings("remember-me", remember);
        return Fixture.sessions(
                settings, new MemorySessionStore(settings, clock), denied, clock, event -> {}, "k".repeat(32));
    }

    private static Target sid(String sid) {
        return new Target(Target.By.PROVIDER_SESSION, ISSUER, sid);
    }

    private FakeRequest logIn(Sessions sessions) {
        Identity ada = Identity.of("oauth", ISSUER, "ada", clock.instant()).withAttribute("provider_sid", "s1");
        FakeRequest next = FakeRequest.get("/app");
        for (SetCookie cookie : sessions.save(FakeRequest.get("/x"), ada)) {
            next.cookie(cookie.name(), cookie.value());
        }
        return next;
    }

    @Test
    void lgo19AThousandGuessesLeaveNothingBehind() {
        Sessions sessions = sessions("always");
        logIn(sessions);
        for (int i = 0; i < 1000; i++) {
            assertEquals(0, sessions.endFound(sid("guess" + i), ended::add));
        }
        assertEquals(Set.of(), noted);
        assertEquals(List.of(), ended);
    }

    @Test
    void whatIsFoundEndsWithTheRememberedLogin() {
        Sessions sessions = sessions("always");
        FakeRequest browser = logIn(sessions);
        assertNotNull(sessions.current(browser));
        assertEquals(1, sessions.endFound(sid("s1"), ended::add));
        assertNull(sessions.current(browser));
        assertEquals(1, noted.size());
        assertEquals(1, ended.size());
        assertNull(sessions.redeem(browser));
    }

    @Test
    void withoutRememberedLoginsNothingIsNoted() {
        Sessions sessions = sessions("off");
        logIn(sessions);
        assertEquals(1, sessions.endFound(sid("s1"), ended::add));
        assertEquals(Set.of(), noted);
    }
}
