package io.ostiary.core.runtime;

import io.ostiary.core.AuthOutcome;
import io.ostiary.core.AuthRequest;
import io.ostiary.core.Identity;
import io.ostiary.core.SetCookie;
import io.ostiary.core.session.SessionRecord;
import io.ostiary.core.session.Sessions;
import io.ostiary.core.spi.IdentityStore;
import io.ostiary.core.token.TokenService;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sessions whose end, or change of person, is also the end of the tokens that came from them. Thread-safe. */
final class SessionsWithTokens implements IdentityStore {
    private final Sessions sessions;
    private final TokenService tokens;

    SessionsWithTokens(Sessions sessions, TokenService tokens) {
        this.sessions = sessions;
        this.tokens = tokens;
    }

    @Override
    public AuthOutcome load(AuthRequest request) {
        return sessions.load(request);
    }

    @Override
    public List<SetCookie> save(AuthRequest request, Identity identity) {
        endTokens(sessions.current(request), request);
        return and(sessions.save(request, identity), tokens.removedCookies(request));
    }

    @Override
    public List<SetCookie> clear(AuthRequest request) {
        SessionRecord session = sessions.current(request);
        // First the session: a store of tokens that is broken must not keep it alive.
        List<SetCookie> cookies = sessions.clear(request);
        endTokens(session, request);
        return and(cookies, tokens.removedCookies(request));
    }

    @Override
    public String nameOf(AuthRequest request) {
        return sessions.nameOf(request);
    }

    private void endTokens(@Nullable SessionRecord session, AuthRequest request) {
        if (session != null) {
            tokens.endSession(session.handle());
        }
        tokens.endBrowser(request);
    }

    private static List<SetCookie> and(List<SetCookie> some, List<SetCookie> more) {
        List<SetCookie> all = new ArrayList<>(some);
        all.addAll(more);
        return List.copyOf(all);
    }
}
