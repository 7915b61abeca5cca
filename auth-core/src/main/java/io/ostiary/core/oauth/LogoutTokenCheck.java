package io.ostiary.core.oauth;

import io.ostiary.core.FailureReason;
import io.ostiary.core.jose.SignedJwt;
import io.ostiary.core.json.JsonObject;
import io.ostiary.core.spi.LogoutTargets;
import io.ostiary.core.spi.LogoutTargets.Target;
import io.ostiary.core.spi.OnceStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks a logout token in the order of OpenID Connect Back-Channel Logout 1.0 section 2.6. Thread-safe. */
final class LogoutTokenCheck {
    private static final String EVENT = "http://schemas.openid.net/event/backchannel-logout";
    private static final Set<String> TYPES = Set.of("jwt", "logout+jwt", "application/logout+jwt");
    private static final Duration MAX_AGE = Duration.ofMinutes(10);
    private static final int MAX_ID = 255;
    private static final String AGAIN = "logout token again";
    private final ProviderSettings settings;
    private final Signatures signatures;
    private final InstantSource clock;
    private final OnceStore once;

    LogoutTokenCheck(ProviderSettings settings, Signatures signatures, InstantSource clock, OnceStore once) {
        this.settings = settings;
        this.signatures = signatures;
        this.clock = clock;
        this.once = once;
    }

    /**
     * Ends what a token names. A fault on the way must not use the token up, since the provider can only send it again:
     * that is allowed once, and never after the sessions have ended.
     */
    int end(String logoutToken, LogoutTargets targets) throws ProviderException {
        SignedJwt token = signed(logoutToken);
        JsonObject unverified = token.unverifiedClaims();
        addressed(unverified);
        event(unverified);
        JsonObject claims = signatures
                .verify(token, "logout token refused, 2.6 (2): signature")
                .claims();
        Instant until = times(claims);
        Target target = target(claims);
        String id = unused(claims, until);
        int sessions = targets.end(target);
        once.claim(AGAIN, id, until);
        return sessions;
    }

    /** (1), and the type, so that no other token of the same issuer serves. */
    private static SignedJwt signed(String logoutToken) throws ProviderException {
        SignedJwt token = SignedJwt.parse(logoutToken);
        if (token == null) {
            throw refused("(1): not a signed JWT");
        }
        String type = token.type();
        if (type != null && !TYPES.contains(type.toLowerCase(Locale.ROOT))) {
            throw refused("2.4: typ");
        }
        return token;
    }

    /** (3), as far as it needs no trust: a stranger's token must not cost a look for keys. */
    private void addressed(JsonObject claims) throws ProviderException {
        if (!IssuerRule.matches(settings.issuer(), claims)) {
            throw refused("(3): iss");
        }
        if (!Audience.isOnly(settings.client().id(), claims)) {
            throw refused("(3): aud");
        }
    }

    /** (5) and (6): says that it is a logout, and is no ID token. */
    private static void event(JsonObject claims) throws ProviderException {
        JsonObject events = claims.object("events");
        if (events == null || events.object(EVENT) == null) {
            throw refused("(5): events");
        }
        if (claims.has("nonce")) {
            throw refused("(6): nonce");
        }
    }

    /** (3): returns until when the token would be accepted. */
    private Instant times(JsonObject claims) throws ProviderException {
        Instant now = clock.instant();
        double seconds = now.toEpochMilli() / 1000.0;
        double skew = IdTokenCheck.SKEW.toSeconds();
        Double issued = claims.number("iat");
        Double expires = claims.number("exp");
        if (expires == null || expires <= seconds - skew) {
            throw refused("(3): exp");
        }
        if (issued == null || issued > seconds + skew || issued > expires) {
            throw refused("(3): iat");
        }
        if (issued <= seconds - skew - MAX_AGE.toSeconds()) {
            throw refused("(3): iat is too old");
        }
        return now.plus(MAX_AGE).plus(IdTokenCheck.SKEW).plus(IdTokenCheck.SKEW);
    }

    /** (4): one session if the token names one, else all of the person. */
    private Target target(JsonObject claims) throws ProviderException {
        String issuer = claims.text("iss");
        String sid = id(claims, "sid");
        String sub = id(claims, "sub");
        if (issuer != null && sid != null) {
            return new Target(Target.By.PROVIDER_SESSION, issuer, sid);
        }
        // Microsoft's sub is not what a person is known by here; to say "done" would not be true.
        if (issuer != null && sub != null && settings.preset() != Preset.MICROSOFT) {
            return new Target(Target.By.SUBJECT, issuer, sub);
        }
        throw refused("(4): neither sub nor sid");
    }

    /** (7): returns issuer and id of the token. */
    private String unused(JsonObject claims, Instant until) throws ProviderException {
        String jti = id(claims, "jti");
        if (jti == null) {
            throw refused("2.4: jti");
        }
        String id = settings.issuer() + ' ' + jti;
        if (!once.claim("logout token", id, until) && !once.claim(AGAIN, id, until)) {
            throw ProviderException.of(FailureReason.REPLAYED_CREDENTIAL, "logout token refused, 2.6 (7): jti again");
        }
        return id;
    }

    private static @Nullable String id(JsonObject claims, String name) throws ProviderException {
        if (!claims.has(name)) {
            return null;
        }
        String id = claims.text(name);
        if (id == null || id.isBlank() || id.length() > MAX_ID) {
            throw refused("2.4: " + name);
        }
        return id;
    }

    private static ProviderException refused(String clause) {
        return ProviderException.of(FailureReason.ID_TOKEN_INVALID, "logout token refused, 2.6 " + clause);
    }
}
