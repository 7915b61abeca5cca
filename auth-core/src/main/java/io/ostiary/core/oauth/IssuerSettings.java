package io.ostiary.core.oauth;

import io.ostiary.core.config.Settings;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Where a provider is and by what name it vouches.
 *
 * @param issuer expected issuer
 * @param known whether it is the provider's own name for itself, and not one that we gave it
 * @param base address below which its discovery document lies; null if it publishes none
 * @param manual its endpoints if it publishes none
 */
record IssuerSettings(
        String issuer,
        boolean known,
        @Nullable String base,
        @Nullable Metadata manual) {
    private static final String MICROSOFT = "https://login.microsoftonline.com/";
    /** All personal accounts are one tenant, and its documents name that as their issuer. */
    private static final String CONSUMERS = "9188040d-6c67-4c5b-b112-36a304b66dad";

    private static final String TENANT_ID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

    static IssuerSettings from(Settings section, Preset preset, String id, boolean development) {
        if (preset == Preset.MICROSOFT) {
            return microsoft(section);
        }
        if (preset.openId()) {
            return openId(section, preset, development);
        }
        return plain(section, preset, id, development);
    }

    /** Other endpoints mean another instance, whose user 42 is not the user 42 of the well-known one. */
    private static IssuerSettings plain(Settings section, Preset preset, String id, boolean development) {
        Metadata known = preset.metadata();
        Metadata manual = Metadata.plain(
                endpoint(
                        section,
                        "authorization-endpoint",
                        development,
                        known == null ? null : known.authorizationEndpoint()),
                endpoint(section, "token-endpoint", development, known == null ? null : known.tokenEndpoint()),
                endpoint(section, "userinfo-endpoint", development, known == null ? null : known.userInfoEndpoint()));
        URI issuer = Addresses.read(section, "issuer", development);
        if (issuer != null) {
            return new IssuerSettings(issuer.toString(), true, null, manual);
        }
        return new IssuerSettings(manual.equals(known) ? preset.issuer() : "oauth:" + id, false, null, manual);
    }

    private static IssuerSettings microsoft(Settings section) {
        String tenant = section.matching(
                "tenant",
                "common|organizations|consumers|" + TENANT_ID,
                "common, organizations, consumers or a tenant id such as 11111111-2222-3333-4444-555555555555",
                "common");
        String base = MICROSOFT + tenant + "/v2.0";
        if (tenant.equals("consumers")) {
            return new IssuerSettings(MICROSOFT + CONSUMERS + "/v2.0", true, base, null);
        }
        return new IssuerSettings(tenant.matches(TENANT_ID) ? base : Preset.MICROSOFT.issuer(), true, base, null);
    }

    private static IssuerSettings openId(Settings section, Preset preset, boolean development) {
        URI uri = Addresses.read(section, "issuer", development);
        if (uri == null && preset.issuer().isEmpty()) {
            throw section.problem(
                    "issuer", "is required: the provider's issuer, for example https://login.example/realms/main");
        }
        String issuer = uri == null ? preset.issuer() : uri.toString();
        // Discovery 1.0 section 4.1: one slash at the end goes before the well-known path is added.
        String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
        return new IssuerSettings(issuer, true, base, null);
    }

    private static URI endpoint(Settings section, String key, boolean development, @Nullable URI known) {
        URI uri = Addresses.read(section, key, development);
        if (uri != null) {
            return uri;
        }
        if (known == null) {
            throw section.problem(key, "is required with preset oauth2: an https address of the provider");
        }
        return known;
    }
}
