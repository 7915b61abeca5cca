package io.ostiary.core.token;

import io.ostiary.core.AuthOutcome;
import io.ostiary.core.FailureReason;
import io.ostiary.core.Identity;
import io.ostiary.core.cache.ExpiringCache;
import io.ostiary.core.crypto.Tokens;
import io.ostiary.core.jose.SignedJwt;
import io.ostiary.core.json.JsonObject;
import io.ostiary.core.spi.DenyList;
import io.ostiary.core.spi.SubjectEpochs;
import io.ostiary.core.spi.SubjectKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Makes and checks access tokens (RFC 9068). A token that was checked once is known by its digest until it ends; whether it
 * was withdrawn is asked each time. Thread-safe.
 */
final class AccessTokens {
    static final String TYPE = "at+jwt";
    static final String TOKEN = "access";
    static final String FAMILY = "family";
    private static final int MAX_KNOWN = 10_000;
    private static final int MAX_TEXT = 4096;
    private static final int MAX_ROLES = 1000;
    private static final Duration MAX_LIFETIME = Duration.ofHours(24);
    private static final char SEPARATOR = '#';
    private final TokenSettings settings;
    private final Tokens tokens;
    private final InstantSource clock;
    private final DenyList denied;
    private final SubjectEpochs epochs;
    private final ExpiringCache<String, Known> known;

    AccessTokens(TokenSettings settings, Tokens tokens, InstantSource clock, DenyList denied, SubjectEpochs epochs) {
        this.settings = settings;
        this.tokens = tokens;
        this.clock = clock;
        this.denied = denied;
        this.epochs = epochs;
        this.known =
                new ExpiringCache<>(MAX_KNOWN, clock, token -> token.expires().plus(settings.leeway()));
    }

    /** A token that holds, as far as the token itself goes. */
    record Known(Identity identity, String id, String family, Instant issued, Instant expires) {}

    /** Only digests go into tokens: the id of a family is half of its refresh token. */
    static String familyName(String familyId) {
        return Tokens.digest("token family:" + familyId);
    }

    String issue(Identity identity, String familyId, Set<String> scope) {
        if (identity.issuer().indexOf(SEPARATOR) >= 0) {
            throw new IllegalStateException("an issuer with '#' cannot be named in a token");
        }
        // Whole seconds: a token of this very second must not look older than a logout a moment before.
        long after = epochs.notBefore(SubjectKey.of(identity)).getEpochSecond() + 1;
        long issued = Math.max(clock.instant().getEpochSecond(), after);
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", settings.issuer());
        claims.put("sub", identity.issuer() + SEPARATOR + identity.subject());
        claims.put("aud", settings.audience());
        claims.put("client_id", settings.clientId());
        claims.put("iat", issued);
        claims.put("exp", issued + settings.accessLifetime().toSeconds());
        claims.put("jti", tokens.next());
        claims.put("sid", familyName(familyId));
        claims.put("name", identity.name());
        claims.put("auth_time", identity.authTime().getEpochSecond());
        claims.put("amr", new TreeSet<>(identity.amr()));
        claims.put("roles", new TreeSet<>(identity.roles()));
        if (!scope.isEmpty()) {
            claims.put("scope", String.join(" ", new TreeSet<>(scope)));
        }
        return settings.keys().sign(TYPE, claims);
    }

    AuthOutcome check(String token) {
        Known found = find(token);
        return found == null ? AuthOutcome.failed(FailureReason.BAD_SIGNATURE) : check(found);
    }

    AuthOutcome check(Known found) {
        FailureReason refusal = refusal(found);
        return refusal == null ? new AuthOutcome.Authenticated(found.identity()) : AuthOutcome.failed(refusal);
    }

    /** Null if it is no access token of ours; it may have ended or been withdrawn. */
    @Nullable
    Known find(String token) {
        if (token.length() > SignedJwt.MAX_LENGTH) {
            return null;
        }
        // By the digest of the whole text: the same signature under another header is another token.
        String digest = Tokens.digest(token);
        Known before = known.get(digest);
        if (before != null) {
            return before;
        }
        Known read = read(SignedJwt.parse(token));
        if (read != null && refusal(read) == null) {
            known.put(digest, read);
        }
        return read;
    }

    @Nullable
    FailureReason refusal(Known token) {
        long now = clock.millis();
        long leeway = settings.leeway().toMillis();
        if (now >= token.expires().toEpochMilli() + leeway) {
            return FailureReason.EXPIRED_CREDENTIAL;
        }
        if (token.issued().toEpochMilli() > now + leeway) {
            return FailureReason.MALFORMED_CREDENTIAL;
        }
        boolean withdrawn = denied.denied(TOKEN, token.id())
                || denied.denied(FAMILY, token.family())
                || !token.issued().isAfter(epochs.notBefore(SubjectKey.of(token.identity())));
        return withdrawn ? FailureReason.REVOKED_CREDENTIAL : null;
    }

    private @Nullable Known read(@Nullable SignedJwt token) {
        if (token == null || !isAccessToken(token.type())) {
            return null;
        }
        JsonObject claims = settings.keys().verify(token, clock.instant());
        boolean ours = claims != null
                && settings.issuer().equals(claims.text("iss"))
                && forUs(claims)
                && text(claims, "client_id") != null;
        return claims == null || !ours || notYet(claims) ? null : known(claims);
    }

    /** RFC 9068 section 4: the type in any case, with or without its prefix. */
    private static boolean isAccessToken(@Nullable String type) {
        return TYPE.equalsIgnoreCase(type) || ("application/" + TYPE).equalsIgnoreCase(type);
    }

    private boolean forUs(JsonObject claims) {
        List<String> many = claims.texts("aud");
        return settings.audience().equals(claims.text("aud")) || many != null && many.contains(settings.audience());
    }

    private boolean notYet(JsonObject claims) {
        if (!claims.has("nbf")) {
            return false;
        }
        Instant notBefore = time(claims, "nbf");
        return notBefore == null || notBefore.isAfter(clock.instant().plus(settings.leeway()));
    }

    private static @Nullable Known known(JsonObject claims) {
        Instant issued = time(claims, "iat");
        Instant expires = time(claims, "exp");
        String id = text(claims, "jti");
        String family = text(claims, "sid");
        Identity identity = identity(claims);
        if (issued == null || expires == null || id == null || family == null || identity == null) {
            return null;
        }
        boolean sane = expires.isAfter(issued) && !expires.isAfter(issued.plus(MAX_LIFETIME));
        return sane ? new Known(identity, id, family, issued, expires) : null;
    }

    private static @Nullable Identity identity(JsonObject claims) {
        String subject = text(claims, "sub");
        int at = subject == null ? -1 : subject.indexOf(SEPARATOR);
        String name = text(claims, "name");
        List<String> roles = claims.texts("roles");
        List<String> methods = claims.texts("amr");
        Long proven = claims.whole("auth_time");
        boolean scoped = !claims.has("scope") || claims.text("scope") != null;
        if (subject == null || name == null || roles == null || methods == null || proven == null || !scoped) {
            return null;
        }
        boolean whole = at > 0
                && !subject.substring(0, at).isBlank()
                && !subject.substring(at + 1).isBlank();
        if (!whole || roles.size() > MAX_ROLES || roles.stream().anyMatch(String::isBlank)) {
            return null;
        }
        String scope = claims.text("scope");
        return new Identity(
                name,
                BearerAuthenticator.SCHEME,
                subject.substring(0, at),
                subject.substring(at + 1),
                Set.copyOf(roles),
                Set.of(),
                scope == null ? Map.of() : Map.of("scope", scope),
                Set.copyOf(methods),
                Instant.ofEpochSecond(proven));
    }

    private static @Nullable String text(JsonObject claims, String name) {
        String text = claims.text(name);
        return text == null || text.isBlank() || text.length() > MAX_TEXT ? null : text;
    }

    /** Up to the year 9999: more is no time, and milliseconds for seconds are a mistake of somebody. */
    private static @Nullable Instant time(JsonObject claims, String name) {
        Double seconds = claims.number(name);
        return seconds == null || seconds < 0 || seconds > 253_402_300_799.0
                ? null
                : Instant.ofEpochMilli((long) (seconds * 1000));
    }
}
