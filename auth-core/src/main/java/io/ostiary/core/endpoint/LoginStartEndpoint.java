package io.ostiary.core.endpoint;

import io.ostiary.core.Answers;
import io.ostiary.core.AuthEngine;
import io.ostiary.core.AuthRequest;
import io.ostiary.core.FailureReason;
import io.ostiary.core.Reply;
import io.ostiary.core.ReturnTo;
import io.ostiary.core.oauth.OAuthLogin;
import io.ostiary.core.oauth.StartResult;
import io.ostiary.core.page.Pages;
import io.ostiary.core.spi.Endpoint;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sends the browser to a provider. Who asked for the address as JSON gets everything as JSON. */
final class LoginStartEndpoint implements Endpoint {
    private final Site site;
    private final AuthEngine engine;
    private final OAuthLogin oauth;

    LoginStartEndpoint(Site site, AuthEngine engine, OAuthLogin oauth) {
        this.site = site;
        this.engine = engine;
        this.oauth = oauth;
    }

    @Override
    public Reply handle(AuthRequest request) {
        String provider = lastSegment(request.path());
        String base = site.baseUrl().of(request);
        if (base == null) {
            return wrongHost(request);
        }
        if (embedded(request)) {
            return embeddedElsewhere(request);
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
        if (base == null) {
            return wrongHost(request);
        }
        return embedded(request)
                ? embeddedElsewhere(request)
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
            String id = engine.gate().failed(request, FailureReason.PROVIDER_UNAVAILABLE);
            return unavailable(request, site, site.next(request), unavailable.retryAfter(), id);
        }
        if (result instanceof StartResult.Looping) {
            return looping(request, engine.gate().failed(request, FailureReason.LOGIN_LOOP));
        }
        return unknownProvider(request, site);
    }

    /**
     * Pictures and frames of another site's page, which could only fill the browser with logins that nobody wants: the
     * cookies of a form_post login are stored there too. Browsers tell so (Fetch Metadata); a person's click is a document.
     */
    private static boolean embedded(AuthRequest request) {
        String destination = request.header("Sec-Fetch-Dest");
        return "cross-site".equals(request.header("Sec-Fetch-Site"))
                && destination != null
                && !destination.equals("document");
    }

    private static Reply embeddedElsewhere(AuthRequest request) {
        return OAuthLogin.wantsJson(request)
                ? Answers.problem(403, "cross-site", "Not from this site", "")
                : Pages.message(
                        403,
                        "Not from this site",
                        "Signing in cannot be started from within a page of another site.",
                        "Go to the start page",
                        request.encodedContextPath() + "/",
                        "");
    }

    private static Reply looping(AuthRequest request, String id) {
        Reply reply = OAuthLogin.wantsJson(request)
                ? Answers.problem(429, "login-loop", "Too many sign-ins", id)
                : Pages.message(
                        429,
                        "Sign-in stopped",
                        Sentences.of(FailureReason.LOGIN_LOOP),
                        "Go to the start page",
                        request.encodedContextPath() + "/",
                        id);
        return reply.withHeader("Retry-After", "60");
    }

    static String lastSegment(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    static Reply wrongHost(AuthRequest request) {
        return OAuthLogin.wantsJson(request)
                ? Answers.problem(400, "wrong-address", "Wrong address", "")
                : Pages.message(
                        400,
                        "Wrong address",
                        "In development this application can be used on this machine only, by 127.0.0.1 or localhost.",
                        "",
                        "",
                        "");
    }

    static Reply unknownProvider(AuthRequest request, Site site) {
        return OAuthLogin.wantsJson(request)
                ? Answers.problem(404, "unknown-provider", "Unknown provider", "")
                : Pages.message(
                        404,
                        "Unknown provider",
                        "There is no such way to sign in.",
                        "See how to sign in",
                        site.link(request, "/login", null),
                        "");
    }

    static Reply unavailable(AuthRequest request, Site site, @Nullable ReturnTo next, Duration retryAfter, String id) {
        Reply reply = OAuthLogin.wantsJson(request)
                ? Answers.problem(503, "provider-unavailable", "Sign-in service unavailable", id)
                : Pages.message(
                        503,
                        "Please try again",
                        Sentences.of(FailureReason.PROVIDER_UNAVAILABLE),
                        "Try again",
                        site.link(request, "/login", next),
                        id);
        return reply.withHeader("Retry-After", Long.toString(Math.max(1, retryAfter.toSeconds())));
    }
}
