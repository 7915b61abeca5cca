package io.ostiary.core.endpoint;

import io.ostiary.core.AuthEngine;
import io.ostiary.core.AuthOutcome;
import io.ostiary.core.AuthRequest;
import io.ostiary.core.Reply;
import io.ostiary.core.ReturnTo;
import io.ostiary.core.UrlEncoded;
import io.ostiary.core.oauth.OAuthLogin;
import io.ostiary.core.page.Pages;
import io.ostiary.core.spi.Endpoint;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Offers the ways to log in; sends on whoever is logged in already. */
final class LoginPageEndpoint implements Endpoint {
    private final Site site;
    private final AuthEngine engine;
    private final OAuthLogin oauth;

    LoginPageEndpoint(Site site, AuthEngine engine, OAuthLogin oauth) {
        this.site = site;
        this.engine = engine;
        this.oauth = oauth;
    }

    @Override
    public Reply handle(AuthRequest request) {
        ReturnTo next = site.next(request);
        if (engine.identify(request) instanceof AuthOutcome.Authenticated) {
            return Reply.redirect(site.landing(request, next));
        }
        if (site.loginPage() != null) {
            String page = request.encodedContextPath() + site.loginPage();
            return Reply.redirect(next == null ? page : page + "?next=" + UrlEncoded.encode(next.location()));
        }
        List<Pages.LoginLink> links = oauth.providers().stream()
                .map(provider ->
                        new Pages.LoginLink(provider.label(), site.link(request, "/login/" + provider.id(), next)))
                .toList();
        return Pages.login(200, links, note(request));
    }

    private static @Nullable String note(AuthRequest request) {
        List<String> reasons = request.queryParameters("reason");
        return reasons.size() == 1 && reasons.get(0).equals("expired")
                ? "Your session has expired. Please sign in again."
                : null;
    }
}
