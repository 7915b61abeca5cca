package io.ostiary.core.oauth;

import io.ostiary.core.config.Settings;
import io.ostiary.core.jose.JwsAlgorithm;
import java.net.URI;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One provider as configured.
 *
 * @param id part of the paths
 * @param label for people
 * @param preset what is known about it anyway
 * @param issuer expected issuer; of a multi-tenant Microsoft login the template with {@code {tenantid}}
 * @param issuerKnown whether the provider calls itself so, and not only we
 * @param discovery where its metadata is; null if it publishes none
 * @param manual its endpoints if it publishes none
 * @param client who we are to it
 * @param scopes what is asked for
 * @param algorithms by which it may sign
 * @param claims where to look
 * @param userInfo when to ask for user information
 * @param request what else a login asks for
 * @param session what lasts after a login
 */
record ProviderSettings(
        String id,
        String label,
        Preset preset,
        String issuer,
        boolean issuerKnown,
        @Nullable URI discovery,
        @Nullable Metadata manual,
        ClientSettings client,
        List<String> scopes,
        Set<JwsAlgorithm> algorithms,
        ClaimSettings claims,
        UserInfoMode userInfo,
        RequestSettings request,
        SessionSettings session) {
    /** When user information is asked for beside the ID token. */
    enum UserInfoMode {
        /** When the ID token lacks a name, an e-mail address or, where they are wanted, roles. */
        AUTO,
        ALWAYS,
        NEVER
    }

    private static final String ID = "[a-z][a-z0-9-]{0,31}";
    static final String WELL_KNOWN = "/.well-known/openid-configuration";

    static ProviderSettings from(Settings all, String id, boolean development) {
        Settings section = all.section("provider." + id);
        if (!id.matches(ID)) {
            throw section.problem(
                    "client-id",
                    "has a provider id that is not allowed; allowed: a small letter, then up to 31 small letters, digits"
                            + " and dashes");
        }
        Preset preset = section.oneOf("preset", Preset.class, Preset.named(id));
        IssuerSettings issuer = IssuerSettings.from(section, preset, id, development);
        return new ProviderSettings(
                id,
                section.text("label", preset.label().isEmpty() ? capitalised(id) : preset.label()),
                preset,
                issuer.issuer(),
                issuer.known(),
                issuer.base() == null ? null : URI.create(issuer.base() + WELL_KNOWN),
                issuer.manual(),
                ClientSettings.from(section, preset),
                scopes(section, preset),
                preset.openId() ? algorithms(section) : Set.of(),
                ClaimSettings.from(section, preset),
                preset.openId()
                        ? section.oneOf("userinfo", UserInfoMode.class, UserInfoMode.AUTO)
                        : UserInfoMode.ALWAYS,
                RequestSettings.from(section, preset),
                SessionSettings.from(section, preset));
    }

    private static List<String> scopes(Settings section, Preset preset) {
        String text = section.matching(
                "scopes",
                "[!#-\\[\\]-~]+( +[!#-\\[\\]-~]+)*",
                "scope names with blanks between them, for example openid profile email",
                preset.scopes());
        Set<String> scopes = new LinkedHashSet<>(text.isEmpty() ? List.of() : List.of(text.split(" +", -1)));
        if (preset.openId() && !scopes.contains("openid")) {
            throw section.problem("scopes", "lacks openid, without which the provider sends no ID token");
        }
        return List.copyOf(scopes);
    }

    private static Set<JwsAlgorithm> algorithms(Settings section) {
        Set<String> words = new LinkedHashSet<>();
        for (JwsAlgorithm algorithm : JwsAlgorithm.values()) {
            words.add(algorithm.name());
        }
        Set<String> chosen = section.setOf("id-token-algorithms", words, Set.of("RS256"));
        return chosen.stream()
                .map(JwsAlgorithm::valueOf)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(JwsAlgorithm.class)));
    }

    private static String capitalised(String id) {
        return id.substring(0, 1).toUpperCase(Locale.ROOT) + id.substring(1);
    }
}
