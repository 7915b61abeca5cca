package io.ostiary.core.csrf;

import io.ostiary.core.Answers;
import io.ostiary.core.AttributeKey;
import io.ostiary.core.AuthRequest;
import io.ostiary.core.BaseUrl;
import io.ostiary.core.Origins;
import io.ostiary.core.Reply;
import io.ostiary.core.ReturnTo;
import io.ostiary.core.config.Settings;
import io.ostiary.core.crypto.MasterKey;
import io.ostiary.core.crypto.Tokens;
import io.ostiary.core.spi.EdgeStep;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Refuses what another site made a browser send with the cookies of somebody who is signed in. Looks only at requests
 * that may change something or open a WebSocket, and only if they bring a cookie that could prove somebody: what has none
 * is nobody's.
 * Immutable and thread-safe.
 */
public final class Csrf implements EdgeStep {
    /** The token for the forms of this answer, in token mode: {@code ${ostiaryCsrf.token}} in a page. */
    public static final AttributeKey<CsrfToken> TOKEN = AttributeKey.named("ostiaryCsrf", CsrfToken.class);

    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");
    private static final List<String> HEADERS = List.of("X-CSRF-Token", "X-CSRFToken", "X-XSRF-TOKEN");

    private final SameOriginCheck origin;
    private final boolean bare;
    private final Where where;
    private final @Nullable CsrfTokens tokens;

    private Csrf(SameOriginCheck origin, boolean bare, Where where, @Nullable CsrfTokens tokens) {
        this.origin = origin;
        this.bare = bare;
        this.where = where;
        this.tokens = tokens;
    }

    /**
     * What it must know of the application.
     *
     * @param baseUrl the application's own address
     * @param endpointPath the kit's own pages, which look after themselves
     * @param cookies names of cookies that can prove somebody
     * @param session gives what a token is bound to, for example the handle of the session; null for nobody
     */
    public record Where(
            BaseUrl baseUrl,
            String endpointPath,
            Set<String> cookies,
            Function<AuthRequest, @Nullable String> session) {
        /** Copies. */
        public Where {
            cookies = Set.copyOf(cookies);
        }
    }

    private enum Mode {
        ORIGIN,
        TOKEN,
        OFF
    }

    private enum Bare {
        REFUSE,
        ALLOW
    }

    /**
     * Reads the settings {@code mode} ({@code origin}, {@code token}, {@code off}), {@code origins}, {@code parameter} and
     * {@code without-headers}.
     *
     * @param section the settings of CSRF
     * @param where what it must know of the application
     * @param alsoTrusted origins whose pages may call with cookies
     * @param key from which the key of the tokens is derived
     * @param random draws masks
     * @return null if it is off
     * @throws io.ostiary.core.config.ConfigurationException if a setting is wrong
     */
    public static @Nullable Csrf from(
            Settings section, Where where, Set<String> alsoTrusted, MasterKey key, Tokens random) {
        Mode mode = section.oneOf("mode", Mode.class, Mode.ORIGIN);
        Set<String> trusted = new HashSet<>(section.set("origins", Set.of()));
        for (String each : new TreeSet<>(trusted)) {
            if (!Origins.isOrigin(each)) {
                throw section.problem(
                        "origins", "has '" + each + "'; allowed: " + Origins.ALLOWED + ", comma separated");
            }
        }
        boolean allowBare = section.oneOf("without-headers", Bare.class, Bare.REFUSE) == Bare.ALLOW;
        if (mode != Mode.TOKEN && section.has("parameter")) {
            throw section.problem("parameter", "names the field of the token; allowed: only with 'mode' set to token");
        }
        String parameter =
                section.matching("parameter", "[A-Za-z0-9_.-]{1,64}", "1 to 64 letters, digits and ._-", "_csrf");
        trusted.addAll(alsoTrusted);
        SameOriginCheck origin = new SameOriginCheck(where.baseUrl(), trusted);
        return switch (mode) {
            case OFF -> null;
            case ORIGIN -> new Csrf(origin, allowBare, where, null);
            case TOKEN ->
                new Csrf(
                        origin,
                        true,
                        where,
                        new CsrfTokens(key.derive("csrf tokens"), random, parameter, HEADERS.get(0)));
        };
    }

    @Override
    public @Nullable Reply before(AuthRequest request, Answer answer) {
        if (tokens != null) {
            request.attribute(TOKEN, tokens.lazily(() -> where.session().apply(request)));
        }
        // Whoever opens a WebSocket can do over it what the page can, and no browser asks other sites first (RFC 6455
        // section 10.2).
        boolean socket = request.opensWebSocket();
        if (!socket && SAFE.contains(request.method()) || !bringsCookie(request) || ofTheKit(request.path())) {
            return null;
        }
        if (!origin.passes(request) || !bare && SameOriginCheck.tellsNothing(request)) {
            return refused(request, "cross-site", "another site");
        }
        return tokens == null || socket || tokenFits(request, tokens)
                ? null
                : refused(request, "csrf-token", "no token of this session");
    }

    private boolean bringsCookie(AuthRequest request) {
        for (String name : where.cookies()) {
            if (!request.cookies(name).isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /** They take posts of providers, which come from another site and prove themselves. */
    private boolean ofTheKit(String path) {
        return path.startsWith(where.endpointPath() + "/");
    }

    private boolean tokenFits(AuthRequest request, CsrfTokens expected) {
        String session = where.session().apply(request);
        if (session == null) { // an access token in a cookie has no session to bind to: the origin must be told then
            return !SameOriginCheck.tellsNothing(request);
        }
        for (String name : HEADERS) {
            List<String> sent = request.headers(name);
            if (!sent.isEmpty()) {
                return sent.size() == 1 && expected.fits(sent.get(0), session);
            }
        }
        // In an address a token would end up in logs and in what is sent to other sites.
        boolean inAddress = !request.queryParameters(expected.parameter()).isEmpty();
        List<String> sent = inAddress ? List.of() : request.formParameters(expected.parameter());
        return sent.size() == 1 && expected.fits(sent.get(0), session);
    }

    private Reply refused(AuthRequest request, String type, String detail) {
        ReturnTo back = origin.pageItCameFrom(request);
        return Answers.refuse(
                request,
                403,
                new Answers.Refusal(
                        type,
                        "Not from this page",
                        "That did not come from a page of this application, or the page was too old. Nothing was done.",
                        "Go back and try again",
                        back == null ? request.encodedContextPath() + "/" : back.location(),
                        detail));
    }

    @Override
    public String toString() {
        return tokens == null ? "origin" : "token";
    }
}
