package io.ostiary.core.oauth;

import io.ostiary.core.FailureReason;
import io.ostiary.core.Identity;
import io.ostiary.core.cache.ExpiringCache;
import io.ostiary.core.crypto.Tokens;
import io.ostiary.core.jose.KeySet;
import io.ostiary.core.jose.SignedJwt;
import io.ostiary.core.json.JsonObject;
import io.ostiary.core.spi.Feature;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks the access tokens of one issuer (RFC 9068 section 4, RFC 8725). A token that held once is known by its digest for
 * as long as it lasts. Thread-safe.
 */
final class ForeignTokens {
    private static final int MAX_KNOWN = 10_000;
    private static final int MAX_ROLES = 1000;
    private static final int MAX_ROLE = 255;
    private static final int MAX_SUBJECT = 255;
    private static final Duration MAX_LIFETIME = Duration.ofHours(24);
    private static final Remote.Lifetime METADATA_LIFETIME =
            new Remote.Lifetime(Duration.ofHours(1), Duration.ofDays(1));
    private static final Remote.Lifetime KEYS_LIFETIME =
            new Remote.Lifetime(Duration.ofMinutes(10), Duration.ofHours(1));
    private static final Map<String, String> ACCEPT = Map.of("Accept", "application/json");
    private final BearerIssuer settings;
    private final InstantSource clock;
    private final boolean development;
    private final CappedHttp http;
    private final Remote<URI> address;
    private final Signatures signatures;
    private final @Nullable Introspection introspection;
    private final ExpiringCache<String, Known> known;

    ForeignTokens(BearerIssuer settings, Feature.Context context, CappedHttp http) {
        this.settings = settings;
        this.clock = context.clock();
        this.development = context.development();
        this.http = http;
        this.address = new Remote<>(this::discover, METADATA_LIFETIME, clock);
        this.signatures = new Signatures(new Remote<>(this::fetchKeys, KEYS_LIFETIME, clock), settings.algorithms());
        this.introspection =
                settings.introspection() == null ? null : new Introspection(settings.introspection(), http);
        this.known = new ExpiringCache<>(MAX_KNOWN, clock, Known::until);
    }

    /**
     * A token that holds.
     *
     * @param identity whose it is
     * @param issued when it was issued
     * @param until when it has to be looked at anew, or is over
     */
    record Known(Identity identity, Instant issued, Instant until) {}

    String issuer() {
        return settings.issuer();
    }

    boolean introspects() {
        return introspection != null;
    }

    /** Null if it does not hold; throws if that cannot be told. */
    @Nullable
    Known signed(String text, SignedJwt token) throws ProviderException {
        String digest = Tokens.digest(text);
        Known before = known.get(digest);
        if (before != null) {
            return before;
        }
        if (!isAccessToken(token.type()) || !isFromIssuer(token.unverifiedClaims())) {
            return null;
        }
        JsonObject claims = verified(token);
        Known found = claims == null ? null : believed(claims, MAX_LIFETIME, true);
        if (found != null) {
            known.put(digest, found);
        }
        return found;
    }

    /** The same for a text that only the issuer can read. */
    @Nullable
    Known opaque(String text) throws ProviderException {
        String digest = Tokens.digest(text);
        Known before = known.get(digest);
        if (before != null || introspection == null || settings.introspection() == null) {
            return before;
        }
        JsonObject answer = introspection.ask(text);
        boolean ours = answer != null && (!answer.has("iss") || isFromIssuer(answer));
        Known found = answer == null || !ours
                ? null
                : believed(answer, settings.introspection().cache(), false);
        if (found != null) {
            known.put(digest, found);
        }
        return found;
    }

    /** RFC 9068 section 4; what names itself another kind of token (logout, refresh, DPoP) is never one. */
    private boolean isAccessToken(@Nullable String type) {
        boolean plain = type == null || type.equalsIgnoreCase("JWT");
        return plain
                ? settings.plainType()
                : "at+jwt".equalsIgnoreCase(type) || "application/at+jwt".equalsIgnoreCase(type);
    }

    private boolean isFromIssuer(JsonObject claims) {
        return settings.issuer().equals(claims.text("iss"));
    }

    private @Nullable JsonObject verified(SignedJwt token) throws ProviderException {
        try {
            return signatures.verify(token, "access token: signature").claims();
        } catch (ProviderException e) {
            if (e.reason() == FailureReason.ID_TOKEN_INVALID) {
                return null;
            }
            throw e;
        }
    }

    /** A token bound to a key of its holder (RFC 9449, RFC 8705) proves nothing here, where that key is not asked for. */
    private @Nullable Known believed(JsonObject claims, Duration longest, boolean timesNeeded) {
        if (!isForUs(claims) || claims.has("cnf")) {
            return null;
        }
        Instant now = clock.instant();
        // Of a token of unknown age nobody can say that it is younger than a logout.
        Instant issued = time(claims, "iat", timesNeeded ? null : IdentityMapper.UNKNOWN_TIME);
        Instant expires = time(claims, "exp", timesNeeded ? null : now.plus(longest));
        Instant notBefore = time(claims, "nbf", now);
        Identity identity = identity(claims);
        if (issued == null || expires == null || notBefore == null || identity == null) {
            return null;
        }
        Instant later = now.plus(IdTokenCheck.SKEW);
        Instant end = expires.plus(IdTokenCheck.SKEW);
        boolean holds =
                !issued.isAfter(later) && !notBefore.isAfter(later) && now.isBefore(end) && !issued.isAfter(expires);
        Instant look = now.plus(longest);
        return holds ? new Known(identity, issued, end.isBefore(look) ? end : look) : null;
    }

    private boolean isForUs(JsonObject claims) {
        List<String> many = claims.texts("aud");
        return settings.audience().equals(claims.text("aud")) || many != null && many.contains(settings.audience());
    }

    private @Nullable Identity identity(JsonObject claims) {
        Claims all = new Claims(claims, JsonObject.EMPTY);
        String subject = claims.text("sub");
        boolean possible = subject != null
                && !subject.isBlank()
                && subject.length() <= MAX_SUBJECT
                && subject.chars().noneMatch(Character::isISOControl);
        List<String> roles = settings.roles() == null ? List.of() : all.texts(settings.roles());
        boolean scoped = !claims.has("scope") || claims.text("scope") != null;
        if (subject == null || !possible || !scoped) {
            return null;
        }
        List<String> given = roles == null ? List.of() : roles;
        boolean odd =
                given.size() > MAX_ROLES || given.stream().anyMatch(role -> role.isBlank() || role.length() > MAX_ROLE);
        String name = all.text(settings.name());
        String scope = claims.text("scope");
        return odd
                ? null
                : new Identity(
                        name == null ? subject : name,
                        ForeignBearer.SCHEME,
                        settings.issuer(),
                        subject,
                        Set.copyOf(given),
                        Set.of(),
                        scope == null ? Map.of() : Map.of("scope", scope),
                        Set.of(),
                        IdentityMapper.UNKNOWN_TIME);
    }

    /** Null if it is no time; the default if it is absent and need not be there. */
    private static @Nullable Instant time(JsonObject claims, String name, @Nullable Instant absent) {
        if (!claims.has(name)) {
            return absent;
        }
        Double seconds = claims.number(name);
        return seconds == null || seconds < 0 || seconds > 253_402_300_799.0
                ? null
                : Instant.ofEpochMilli((long) (seconds * 1000));
    }

    private URI discover() throws ProviderException {
        URI fixed = settings.jwksUri();
        if (fixed != null) {
            return fixed;
        }
        String base = settings.issuer().replaceFirst("/$", "");
        JsonObject document = http.get(URI.create(base + ProviderSettings.WELL_KNOWN), ACCEPT, "discovery")
                .okObject("discovery");
        String text = isIssuerOf(document) ? document.text("jwks_uri") : null;
        try {
            URI uri = text == null ? null : new URI(text);
            if (uri != null && Addresses.allowed(uri, development)) {
                return uri;
            }
        } catch (URISyntaxException e) {
            throw ProviderException.invalid("discovery: jwks_uri is not an address");
        }
        throw ProviderException.invalid("discovery: another issuer, or no address of keys");
    }

    private boolean isIssuerOf(JsonObject document) {
        return settings.issuer().equals(document.text("issuer"));
    }

    private KeySet fetchKeys() throws ProviderException {
        return ProviderDocuments.keys(http, address.get());
    }
}
