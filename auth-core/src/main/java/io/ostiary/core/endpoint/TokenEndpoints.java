package io.ostiary.core.endpoint;

import io.ostiary.core.AuthEngine;
import io.ostiary.core.AuthOutcome;
import io.ostiary.core.AuthRequest;
import io.ostiary.core.Identity;
import io.ostiary.core.Reply;
import io.ostiary.core.csrf.SameOriginCheck;
import io.ostiary.core.json.Json;
import io.ostiary.core.session.SessionRecord;
import io.ostiary.core.session.Sessions;
import io.ostiary.core.token.TokenService;
import io.ostiary.core.token.TokenSettings.Delivery;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The token endpoints: issue from a session, renew, withdraw, check, and the public keys. */
final class TokenEndpoints {
    private static final String DELIVERY_HEADER = "X-Token-Delivery";
    private final AuthEngine engine;
    private final Sessions sessions;
    private final TokenService tokens;
    private final SameOriginCheck sameOrigin;

    TokenEndpoints(AuthEngine engine, Sessions sessions, TokenService tokens, SameOriginCheck sameOrigin) {
        this.engine = engine;
        this.sessions = sessions;
        this.tokens = tokens;
        this.sameOrigin = sameOrigin;
    }

    List<Endpoints.Route> routes() {
        return List.of(
                new Endpoints.Route("POST", "/token", false, this::issue),
                new Endpoints.Route("POST", "/token/refresh", false, this::refresh),
                new Endpoints.Route("POST", "/token/revoke", false, this::revoke),
                new Endpoints.Route("GET", "/token/check", false, this::check),
                new Endpoints.Route("GET", "/jwks.json", false, request -> Reply.json(200, tokens.jwks())));
    }

    private Reply issue(AuthRequest request) {
        Delivery delivery = delivery(request);
        TokenRequest asked = TokenRequest.read(request);
        if (asked.problem() != 0 || delivery == null) {
            return unreadable(asked);
        }
        if (!sameOrigin.passes(request)) {
            return error(403, "access_denied");
        }
        SessionRecord session = sessions.current(request);
        if (session == null || session.state() == SessionRecord.State.PENDING) {
            return error(401, "login_required").withHeader("WWW-Authenticate", "Session realm=\"login\"");
        }
        if (engine.gate().recheck(session.identity(), request) != null) {
            return error(403, "access_denied");
        }
        TokenService.Pair pair = tokens.issue(request, session.identity(), session.handle(), asked.scope());
        return pair == null ? error(400, "invalid_scope") : delivered(request, pair, delivery);
    }

    private Reply refresh(AuthRequest request) {
        Delivery delivery = delivery(request);
        TokenRequest asked = TokenRequest.read(request);
        List<String> cookies = tokens.refreshCookies(request);
        if (asked.problem() != 0 || delivery == null || cookies.size() > 1) {
            return unreadable(asked);
        }
        // A browser sends the cookie along whoever asks it to; SameSite alone trusts every sister domain.
        if (!cookies.isEmpty() && !sameOrigin.passes(request)) {
            return error(403, "access_denied");
        }
        String token = bodyAllowed() && asked.token() != null ? asked.token() : first(cookies);
        if (token == null) {
            return refused(request);
        }
        TokenService.Renewal renewal = tokens.renew(request, token, asked.scope(), engine.gate()::recheck);
        return renewal instanceof TokenService.Renewal.Renewed renewed
                ? delivered(request, renewed.pair(), delivery)
                : refused(request);
    }

    /** RFC 7009 section 2.2: the answer is the same whether there was anything to withdraw or not. */
    private Reply revoke(AuthRequest request) {
        TokenRequest asked = TokenRequest.read(request);
        List<String> cookies = tokens.refreshCookies(request);
        if (asked.problem() != 0) {
            return unreadable(asked);
        }
        if (!cookies.isEmpty() && !sameOrigin.passes(request)) {
            return error(403, "access_denied");
        }
        if (asked.token() != null) {
            tokens.revoke(request, asked.token());
        }
        cookies.forEach(cookie -> tokens.revoke(request, cookie));
        return Reply.empty(200).withCookies(tokens.removedCookies(request));
    }

    private Reply check(AuthRequest request) {
        AuthOutcome outcome = tokens.authenticator().authenticate(request);
        if (!(outcome instanceof AuthOutcome.Authenticated found)) {
            String challenge = tokens.authenticator().challenge();
            boolean sent = outcome instanceof AuthOutcome.Failed;
            return error(401, "invalid_token")
                    .withHeader("WWW-Authenticate", sent ? challenge + ", error=\"invalid_token\"" : challenge);
        }
        Identity identity = found.identity();
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("active", true);
        answer.put("name", identity.name());
        answer.put("issuer", identity.issuer());
        answer.put("subject", identity.subject());
        answer.put("roles", new TreeSet<>(identity.roles()));
        answer.put("scope", identity.attributes().getOrDefault("scope", ""));
        return Reply.json(200, Json.write(answer));
    }

    private Reply delivered(AuthRequest request, TokenService.Pair pair, Delivery delivery) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("token_type", "Bearer");
        body.put("expires_in", pair.accessLifetime().toSeconds());
        body.put("scope", String.join(" ", new TreeSet<>(pair.scope())));
        if (delivery != Delivery.COOKIES_ONLY) {
            body.put("access_token", pair.access());
            body.put("refresh_token", pair.refresh());
        }
        Reply reply = Reply.json(200, Json.write(body));
        return delivery == Delivery.BODY_ONLY ? reply : reply.withCookies(tokens.cookies(request, pair));
    }

    /** Never by guessing from what the client calls itself. Null if the header asks for what is not on offer. */
    private @Nullable Delivery delivery(AuthRequest request) {
        List<String> wishes = request.headers(DELIVERY_HEADER);
        if (wishes.isEmpty()) {
            return tokens.delivery();
        }
        Delivery wish = null;
        if (wishes.equals(List.of("cookies"))) {
            wish = Delivery.COOKIES_ONLY;
        } else if (wishes.equals(List.of("body"))) {
            wish = Delivery.BODY_ONLY;
        }
        return tokens.delivery() == Delivery.DUAL || tokens.delivery() == wish ? wish : null;
    }

    private boolean bodyAllowed() {
        return tokens.delivery() != Delivery.COOKIES_ONLY;
    }

    /** The same answer for every cause (RFC 6749 section 5.2, RFC 6750 section 3.1). */
    private Reply refused(AuthRequest request) {
        return error(401, "invalid_grant")
                .withHeader("WWW-Authenticate", tokens.authenticator().challenge() + ", error=\"invalid_token\"")
                .withCookies(tokens.removedCookies(request));
    }

    private static Reply unreadable(TokenRequest asked) {
        return error(asked.problem() == 0 ? 400 : asked.problem(), "invalid_request");
    }

    private static @Nullable String first(List<String> values) {
        return values.isEmpty() ? null : values.get(0);
    }

    private static Reply error(int status, String code) {
        return Reply.json(status, Json.write(Map.of("error", code)));
    }
}
