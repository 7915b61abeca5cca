package io.ostiary.core.endpoint;

import io.ostiary.core.AuthEngine;
import io.ostiary.core.AuthOutcome;
import io.ostiary.core.AuthRequest;
import io.ostiary.core.Reply;
import io.ostiary.core.csrf.SameOriginCheck;
import io.ostiary.core.page.Pages;

/** Logs out by POST; a GET, which any page can make a browser send, only asks. */
final class LogoutEndpoint {
    private final Site site;
    private final AuthEngine engine;
    private final SameOriginCheck sameOrigin;

    LogoutEndpoint(Site site, AuthEngine engine, SameOriginCheck sameOrigin) {
        this.site = site;
        this.engine = engine;
        this.sameOrigin = sameOrigin;
    }

    Reply confirm(AuthRequest request) {
        return engine.identify(request) instanceof AuthOutcome.Authenticated
                ? Pages.confirmLogout(
                        request.encodedContextPath() + site.path() + "/logout",
                        request.encodedContextPath() + site.afterLogin())
                : Reply.redirect(request.encodedContextPath() + site.afterLogout());
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
        return Reply.redirect(request.encodedContextPath() + site.afterLogout())
                .withCookies(engine.logout(request))
                .withEffect(Reply.Effect.LOGGED_OUT);
    }
}
