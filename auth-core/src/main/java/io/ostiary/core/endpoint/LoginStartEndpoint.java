package io.ostiary.core.endpoint;

import io.ostiary.core.AuthRequest;
import io.ostiary.core.FailureReason;
import io.ostiary.core.Reply;
import io.ostiary.core.oauth.OAuthLogin;
import io.ostiary.core.oauth.StartResult;
import io.ostiary.core.page.Pages;
import io.ostiary.core.spi.Endpoint;
import java.time.Duration;
import java.util.List;

/** Sends the browser to a provider. */
final class LoginStartEndpoint implements Endpoint {
    private final Site site;
    private final OAuthLogin oauth;

    LoginStartEndpoint(Site site, OAuthLogin oauth) {
        this.site = site;
        this.oauth = oauth;
    }

    @Override
    public Reply handle(AuthRequest request) {
        String provider = lastSegment(request.path());
        String base = site.baseUrl().of(request);
        if (base == null) {
            return wrongHost(request);
        }
        String callback = callback(base, provider);
        boolean anew = request.queryParameters("reason").equals(List.of("step-up"));
        return answer(
                request,
                anew
                        ? oauth.startAnew(request, provider, site.next(request), callback)
                        : oauth.start(request, provider, site.next(request), callback));
    }

    /** Takes a login that a provider asks for (OpenID Connect Core section 4). */
    Reply initiated(AuthRequest request) {
        String base = site.baseUrl().of(request);
        return base == null
                ? wrongHost(request)
                : answer(request, oauth.startInitiated(request, base, provider -> callback(base, provider)));
    }

    private String callback(String base, String provider) {
        return base + site.path() + "/callback/" + provider;
    }

    private Reply answer(AuthRequest request, StartResult result) {
        if (result instanceof StartResult.Started started) {
            return started.reply();
        }
        if (result instanceof StartResult.Unavailable unavailable) {
            return unavailable(request, site, unavailable.retryAfter(), "");
        }
        if (result instanceof StartResult.Looping) {
            return Pages.message(
                    429,
                    "Sign-in stopped",
                    Sentences.of(FailureReason.LOGIN_LOOP),
                    "Go to the start page",
                    request.encodedContextPath() + "/",
                    "");
        }
        return unknownProvider(request, site);
    }

    static String lastSegment(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    static Reply wrongHost(AuthRequest request) {
        return Pages.message(
                400,
                "Wrong address",
                "In development this application can be used on this machine only, by 127.0.0.1 or localhost.",
                "",
                "",
                "");
    }

    static Reply unknownProvider(AuthRequest request, Site site) {
        return Pages.message(
                404,
                "Unknown provider",
                "There is no such way to sign in.",
                "See how to sign in",
                site.link(request, "/login", null),
                "");
    }

    static Reply unavailable(AuthRequest request, Site site, Duration retryAfter, String id) {
        return Pages.message(
                        503,
                        "Please try again",
                        "The sign-in service does not answer at the moment. Try again in a minute.",
                        "Try again",
                        site.link(request, "/login", site.next(request)),
                        id)
                .withHeader("Retry-After", Long.toString(Math.max(1, retryAfter.toSeconds())));
    }
}
