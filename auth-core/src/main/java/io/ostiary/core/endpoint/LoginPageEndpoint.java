package io.ostiary.core.endpoint;

import io.ostiary.core.AuthEngine;
import io.ostiary.core.AuthOutcome;
import io.ostiary.core.AuthRequest;
import io.ostiary.core.Reply;
import io.ostiary.core.ReturnTo;
import io.ostiary.core.UrlEncoded;
import io.ostiary.core.oauth.OAuthLogin;
import io.ostiary.core.oauth.ProviderInfo;
import io.ostiary.core.page.Pages;
import io.ostiary.core.spi.Endpoint;
import java.util.ArrayList;
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
        boolean stepUp = reasonIs(request, "step-up");
        // Who must prove themselves again is logged in already: sending them on would turn in a circle.
        if (!stepUp && engine.identify(request) instanceof AuthOutcome.Authenticated) {
            return Reply.redirect(site.landing(request, next));
        }
        if (site.loginPage() != null) {
            String page = request.encodedContextPath() + site.loginPage();
            String target = next == null ? page : page + "?next=" + UrlEncoded.encode(next.location());
            return Reply.redirect(stepUp ? target + (next == null ? '?' : '&') + "reason=step-up" : target);
        }
        List<Pages.LoginLink> links = new ArrayList<>();
        for (ProviderInfo provider : oauth.providers()) {
            String start = start(request, provider.id(), next, stepUp);
            links.add(new Pages.LoginLink("Continue with " + provider.label(), start));
            // A fresh proof is for this session only.
            if (site.offersToRemember() && !stepUp) {
                String wish = start + (next == null ? '?' : '&') + "remember=1";
                links.add(new Pages.LoginLink("Stay signed in with " + provider.label(), wish));
            }
        }
        return Pages.login(200, links, note(request));
    }

    private String start(AuthRequest request, String provider, @Nullable ReturnTo next, boolean stepUp) {
        String link = site.link(request, "/login/" + provider, next);
        return stepUp ? link + (next == null ? '?' : '&') + "reason=step-up" : link;
    }

    private static @Nullable String note(AuthRequest request) {
        if (reasonIs(request, "step-up")) {
            return "This page needs a fresh sign-in. Please sign in again.";
        }
        if (reasonIs(request, "stale")) {
            return "That sign-in was finished before, took too long, or began in another browser."
                    + " Allow cookies for this site and sign in here.";
        }
        return reasonIs(request, "expired") ? "Your session has expired. Please sign in again." : null;
    }

    private static boolean reasonIs(AuthRequest request, String reason) {
        return request.queryParameters("reason").equals(List.of(reason));
    }
}
