package io.ostiary.core.endpoint;

import io.ostiary.core.AuthEngine;
import io.ostiary.core.AuthOutcome;
import io.ostiary.core.AuthRequest;
import io.ostiary.core.Identity;
import io.ostiary.core.Reply;
import io.ostiary.core.SetCookie;
import io.ostiary.core.crypto.Tokens;
import io.ostiary.core.csrf.SameOriginCheck;
import io.ostiary.core.oauth.OAuthLogout;
import io.ostiary.core.page.Pages;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Logs out by POST; a GET, which any page can make a browser send, only asks. */
final class LogoutEndpoint {
    static final String LOGGED_OUT = "/logged-out";

    private final Site site;
    private final AuthEngine engine;
    private final AuthEngine session;
    private final SameOriginCheck sameOrigin;
    private final OAuthLogout provider;
    private final Tokens tokens = new Tokens();

    LogoutEndpoint(Site site, AuthEngine engine, SameOriginCheck sameOrigin, OAuthLogout provider) {
        this.site = site;
        this.engine = engine;
        this.session = engine.accepting(Set.of(AuthEngine.SESSION));
        this.sameOrigin = sameOrigin;
        this.provider = provider;
    }

    Reply confirm(AuthRequest request) {
        return engine.identify(request) instanceof AuthOutcome.Authenticated
                ? Pages.confirmLogout(
                        request.encodedContextPath() + site.path() + "/logout", site.landing(request, null))
                : Reply.redirect(site.afterLogout(request));
    }

    Reply logOut(AuthRequest request) {
        if (!sameOrigin.passes(request)) {
            return Pages.message(
                    403,
                    "Not from this site",
                    "This request came from another site, so nothing was done.",
                    "Sign out here",
                    request.encodedContextPath() + site.path() + "/logout",
                    "");
        }
        Identity leaving =
                session.identify(request) instanceof AuthOutcome.Authenticated known ? known.identity() : null;
        List<SetCookie> cookies = engine.logout(request);
        String atProvider = leaving == null ? null : atProvider(request, leaving);
        return Reply.redirect(atProvider == null ? site.afterLogout(request) : atProvider)
                .withCookies(cookies)
                .withEffect(Reply.Effect.LOGGED_OUT);
    }

    /** Where the provider sends the browser back to; its parameters decide nothing. */
    Reply loggedOut(AuthRequest request) {
        return Reply.redirect(site.afterLogout(request));
    }

    private @Nullable String atProvider(AuthRequest request, Identity leaving) {
        String base = site.baseUrl().of(request);
        return base == null ? null : provider.atProvider(leaving, base + site.path() + LOGGED_OUT, tokens.next());
    }
}
