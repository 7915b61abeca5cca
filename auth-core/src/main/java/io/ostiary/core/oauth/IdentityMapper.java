package io.ostiary.core.oauth;

import io.ostiary.core.Identity;
import io.ostiary.core.spi.ClaimsMapper;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns claims into an identity. The key is (issuer, subject); an e-mail address is only an attribute. */
final class IdentityMapper {
    /** Long ago, and not the time of a login that was merely remembered. */
    static final Instant UNKNOWN_TIME = Instant.EPOCH.plusSeconds(1);

    private static final int MAX_ROLES = 1000;
    private static final int MAX_SUBJECT = 255;
    private static final int MAX_ROLE = 255;
    private static final List<String> KEPT = List.of(
            "name", "given_name", "family_name", "preferred_username", "locale", "zoneinfo", "picture", "phone_number");
    private final ProviderSettings settings;
    private final ClaimsMapper more;

    IdentityMapper(ProviderSettings settings, ClaimsMapper more) {
        this.settings = settings;
        this.more = more;
    }

    Identity map(Claims claims, Instant now) throws ProviderException {
        Identity plain = plain(claims, now);
        Identity mapped = more.map(settings.id(), claims.idToken(), claims.userInfo(), plain);
        if (!mapped.issuer().equals(plain.issuer()) || !mapped.subject().equals(plain.subject())) {
            throw new IllegalStateException("a ClaimsMapper turned one person into another");
        }
        return mapped;
    }

    private Identity plain(Claims claims, Instant now) throws ProviderException {
        String subject = subject(claims);
        return new Identity(
                name(claims, subject),
                "session",
                issuer(claims),
                subject,
                roles(claims),
                Set.of(),
                attributes(claims),
                methods(claims),
                authTime(claims, now));
    }

    /** Tells whether something that was asked for is not in the ID token. */
    boolean wants(Claims claims) {
        String roles = settings.claims().roles();
        return claims.text(settings.claims().email()) == null
                || settings.claims().names().stream().allMatch(pointer -> claims.text(pointer) == null)
                || roles != null && claims.texts(roles) == null;
    }

    /** Microsoft's sub differs for each application; oid is the same person everywhere in one tenant. */
    private String subject(Claims claims) throws ProviderException {
        boolean microsoft = settings.preset() == Preset.MICROSOFT;
        String subject = claims.subject(microsoft ? "/oid" : settings.claims().subject());
        if (subject == null
                || subject.isBlank()
                || subject.length() > MAX_SUBJECT
                || subject.chars().anyMatch(Character::isISOControl)) {
            throw ProviderException.invalid("no subject");
        }
        return subject;
    }

    private String issuer(Claims claims) {
        String actual = claims.idToken().text("iss");
        return actual == null ? settings.issuer() : actual;
    }

    private String name(Claims claims, String subject) {
        for (String pointer : settings.claims().names()) {
            String name = claims.text(pointer);
            if (name != null) {
                return name;
            }
        }
        return subject;
    }

    /** Only an array of text is roles: splitting or converting anything else would let a provider's typo grant some. */
    private Set<String> roles(Claims claims) throws ProviderException {
        String pointer = settings.claims().roles();
        List<String> roles = pointer == null ? null : claims.texts(pointer);
        if (roles == null) {
            return Set.of();
        }
        if (roles.size() > MAX_ROLES) {
            throw ProviderException.invalid("more than " + MAX_ROLES + " roles");
        }
        Set<String> named = new LinkedHashSet<>(roles);
        named.removeIf(role ->
                role.isBlank() || role.length() > MAX_ROLE || role.chars().anyMatch(Character::isISOControl));
        return named;
    }

    private Map<String, String> attributes(Claims claims) {
        Map<String, String> attributes = new HashMap<>();
        attributes.put("provider", settings.id());
        String email = claims.text(settings.claims().email());
        if (email != null) {
            attributes.put("email", email);
            attributes.put("email_verified", Boolean.toString(verified(claims, email)));
        }
        put(attributes, "provider_sid", claims.idToken().text("sid"));
        for (String name : KEPT) {
            put(attributes, name, claims.text("/" + name));
        }
        return attributes;
    }

    /** Said of this very address, by the source that names it; a Microsoft tenant may claim any address at all. */
    private boolean verified(Claims claims, String email) {
        return settings.preset() != Preset.MICROSOFT && claims.vouchesFor(email);
    }

    private static Set<String> methods(Claims claims) {
        List<String> methods = claims.idToken().texts("amr");
        return methods == null || methods.size() > 20 ? Set.of() : new LinkedHashSet<>(methods);
    }

    /**
     * An OpenID Provider may have known the person for days; where it does not say since when (Core 2, auth_time), the login
     * is never fresh. Plain OAuth 2.0 has no word for it, so the time of login stands in.
     */
    private Instant authTime(Claims claims, Instant now) {
        if (!settings.preset().openId()) {
            return now;
        }
        Double time = claims.idToken().number("auth_time");
        if (time == null || time < UNKNOWN_TIME.getEpochSecond()) {
            return UNKNOWN_TIME;
        }
        return time > now.getEpochSecond() ? now : Instant.ofEpochSecond(time.longValue());
    }

    private static void put(Map<String, String> attributes, String name, @Nullable String value) {
        if (value != null) {
            attributes.put(name, value);
        }
    }
}
