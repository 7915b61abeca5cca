package io.ostiary.core.endpoint;

import io.ostiary.core.AuthEngine;
import io.ostiary.core.AuthOutcome;
import io.ostiary.core.AuthRequest;
import io.ostiary.core.LoginGate;
import io.ostiary.core.Reply;
import io.ostiary.core.session.Sessions;
import io.ostiary.core.spi.Endpoint;
import java.util.List;

/**
 * Lets in whom the browser was told to remember, on their way to the login page: so an ordinary request never writes, and
 * a script, which is not sent there, cannot use the token up.
 */
final class RememberedLogin {
    private final Site site;
    private final AuthEngine engine;
    private final Sessions sessions;

    RememberedLogin(Site site, AuthEngine engine, Sessions sessions) {
        this.site = site;
        this.engine = engine;
        this.sessions = sessions;
    }

    Endpoint before(Endpoint loginPage) {
        return request -> {
            boolean stepUp = request.queryParameters("reason").contains("step-up");
            boolean here = engine.identify(request) instanceof AuthOutcome.Authenticated;
            if (stepUp || here || !request.method().equals("GET")) {
                return loginPage.handle(request);
            }
            Sessions.Remembered remembered = sessions.redeem(request);
            return remembered == null ? loginPage.handle(request) : admit(request, remembered, loginPage);
        };
    }

    /** Notes the wish to be remembered, since the provider comes in between. */
    Endpoint noting(Endpoint loginStart) {
        return request -> {
            Reply reply = loginStart.handle(request);
            boolean wished = request.queryParameters("remember").equals(List.of("1"));
            return wished ? reply.withCookies(sessions.chooseToBeRemembered()) : reply;
        };
    }

    private Reply admit(AuthRequest request, Sessions.Remembered remembered, Endpoint loginPage) {
        if (engine.gate().complete(request, remembered.identity()) instanceof LoginGate.Result.Admitted admitted) {
            return Reply.redirect(site.landing(request, site.next(request)))
                    .withCookies(remembered.cookies())
                    .withCookies(admitted.cookies())
                    .withEffect(Reply.Effect.LOGGED_IN);
        }
        return loginPage.handle(request).withCookies(sessions.clear(request));
    }
}
