package io.ostiary.core.endpoint;

import io.ostiary.core.AuthEngine;
import io.ostiary.core.AuthOutcome;
import io.ostiary.core.AuthRequest;
import io.ostiary.core.FailureReason;
import io.ostiary.core.LoginGate;
import io.ostiary.core.Reply;
import io.ostiary.core.ReturnTo;
import io.ostiary.core.SetCookie;
import io.ostiary.core.oauth.CallbackResult;
import io.ostiary.core.oauth.OAuthLogin;
import io.ostiary.core.page.Pages;
import io.ostiary.core.spi.Endpoint;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where a provider sends the browser back to: proves the login, passes it through the gate, goes on to a clean URL. */
final class CallbackEndpoint implements Endpoint {
    private static final Set<FailureReason> STALE =
            Set.of(FailureReason.LOGIN_NOT_STARTED, FailureReason.LOGIN_EXPIRED, FailureReason.LOGIN_REPLAYED);
    private final Site site;
    private final AuthEngine engine;
    private final OAuthLogin oauth;

    CallbackEndpoint(Site site, AuthEngine engine, OAuthLogin oauth) {
        this.site = site;
        this.engine = engine;
        this.oauth = oauth;
    }

    @Override
    public Reply handle(AuthRequest request) {
        String provider = LoginStartEndpoint.lastSegment(request.path());
        String base = site.baseUrl().of(request);
        if (base == null) {
            return LoginStartEndpoint.wrongHost(request);
        }
        CallbackResult result = oauth.callback(request, provider, base + site.path() + "/callback/" + provider);
        if (result instanceof CallbackResult.Proven proven) {
            return admit(request, proven);
        }
        if (result instanceof CallbackResult.Failed failed) {
            return refuse(request, failed);
        }
        if (result instanceof CallbackResult.Unavailable unavailable) {
            String id = engine.gate().failed(request, FailureReason.PROVIDER_UNAVAILABLE);
            return LoginStartEndpoint.unavailable(request, site, unavailable.next(), unavailable.retryAfter(), id)
                    .withCookies(unavailable.cookies());
        }
        return LoginStartEndpoint.unknownProvider(request, site);
    }

    private Reply admit(AuthRequest request, CallbackResult.Proven proven) {
        LoginGate.Result result = engine.gate().complete(request, proven.identity());
        if (result instanceof LoginGate.Result.Refused refused) {
            oauth.forget(proven.identity());
            return failure(request, 403, refused.reason(), refused.id(), proven.next(), proven.cookies());
        }
        LoginGate.Result.Admitted admitted = (LoginGate.Result.Admitted) result;
        return Reply.redirect(site.landing(request, proven.next()))
                .withCookies(proven.cookies())
                .withCookies(admitted.cookies())
                .withEffect(Reply.Effect.LOGGED_IN);
    }

    private Reply refuse(AuthRequest request, CallbackResult.Failed failed) {
        // The Back button or a double click after a finished login: the person is in, so let them go on.
        if (STALE.contains(failed.reason()) && engine.identify(request) instanceof AuthOutcome.Authenticated) {
            return Reply.redirect(site.landing(request, failed.next())).withCookies(failed.cookies());
        }
        String id = engine.gate().failed(request, failed.reason());
        // A cross-site POST brings no cookie of a session, so here nobody can tell whether the person is in; there one
        // can.
        if (STALE.contains(failed.reason()) && request.method().equals("POST")) {
            String login = site.link(request, "/login", failed.next());
            return Reply.redirect(login + (failed.next() == null ? '?' : '&') + "reason=stale")
                    .withCookies(failed.cookies());
        }
        return failure(request, 400, failed.reason(), id, failed.next(), failed.cookies());
    }

    private Reply failure(
            AuthRequest request,
            int status,
            FailureReason reason,
            String id,
            @Nullable ReturnTo next,
            List<SetCookie> cookies) {
        return Pages.message(
                        status,
                        "Sign-in did not work",
                        Sentences.of(reason),
                        "Try again",
                        site.link(request, "/login", next),
                        id)
                .withCookies(cookies);
    }
}
