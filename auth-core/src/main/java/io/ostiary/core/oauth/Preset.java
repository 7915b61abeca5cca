package io.ostiary.core.oauth;

import com.github.scribejava.apis.FacebookApi;
import com.github.scribejava.apis.GitHubApi;
import com.github.scribejava.apis.LinkedInApi20;
import com.github.scribejava.core.builder.api.DefaultApi20;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Well-known providers: what need not be written into settings. */
enum Preset {
    OIDC("", "openid profile email"),
    OAUTH2("", ""),
    GOOGLE("https://accounts.google.com", "openid profile email"),
    MICROSOFT("https://login.microsoftonline.com/{tenantid}/v2.0", "openid profile email"),
    KEYCLOAK("", "openid profile email"),
    AUTH0("", "openid profile email"),
    OKTA("", "openid profile email"),
    GITLAB("https://gitlab.com", "openid profile email"),
    GITHUB("https://github.com", "read:user user:email", "https://api.github.com/user", "/id", "/login"),
    FACEBOOK(
            "https://www.facebook.com",
            "email public_profile",
            "https://graph.facebook.com/me?fields=id,name,email",
            "/id",
            "/name"),
    // LinkedIn echoes no nonce, so its ID token proves nothing; its user information, fetched over TLS, does.
    LINKEDIN(
            "https://www.linkedin.com",
            "openid profile email",
            "https://api.linkedin.com/v2/userinfo",
            "/sub",
            "/name"),
    DISCORD("https://discord.com", "identify email", "https://discord.com/api/users/@me", "/id", "/username");

    private static final String FACEBOOK_VERSION = "24.0";
    private final String issuer;
    private final String scopes;
    private final String userInfo;
    private final String subject;
    private final String name;

    Preset(String issuer, String scopes) {
        this(issuer, scopes, "", "/sub", "/preferred_username");
    }

    Preset(String issuer, String scopes, String userInfo, String subject, String name) {
        this.issuer = issuer;
        this.scopes = scopes;
        this.userInfo = userInfo;
        this.subject = subject;
        this.name = name;
    }

    static Preset named(String id) {
        for (Preset preset : values()) {
            if (preset.word().equals(id)) {
                return preset;
            }
        }
        return OIDC;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean openId() {
        return this != OAUTH2 && userInfo.isEmpty();
    }

    /** Empty if settings must say. */
    String issuer() {
        return issuer;
    }

    String scopes() {
        return scopes;
    }

    String subject() {
        return subject;
    }

    /** Pointers to a display name, best first. */
    List<String> names() {
        return name.equals("/name") ? List.of(name) : List.of(name, "/name");
    }

    String label() {
        return switch (this) {
            case GITHUB -> "GitHub";
            case GITLAB -> "GitLab";
            case LINKEDIN -> "LinkedIn";
            case GOOGLE, MICROSOFT, KEYCLOAK, AUTH0, OKTA, FACEBOOK, DISCORD -> name().charAt(0) + word().substring(1);
            case OIDC, OAUTH2 -> "";
        };
    }

    /** Null for a provider that publishes or is told its endpoints. */
    @Nullable
    Metadata metadata() {
        return switch (this) {
            case GITHUB -> known(GitHubApi.instance());
            case FACEBOOK -> known(FacebookApi.customVersion(FACEBOOK_VERSION));
            case LINKEDIN -> known(LinkedInApi20.instance());
            // The library still knows Discord by its former address, which answers with redirects.
            case DISCORD ->
                Metadata.plain(
                        URI.create("https://discord.com/oauth2/authorize"),
                        URI.create("https://discord.com/api/oauth2/token"),
                        URI.create(userInfo));
            default -> null;
        };
    }

    private Metadata known(DefaultApi20 api) {
        String authorization = api.getAuthorizationUrl("code", "x", null, null, null, new HashMap<>());
        return Metadata.plain(
                URI.create(authorization.substring(0, authorization.indexOf('?'))),
                URI.create(api.getAccessTokenEndpoint()),
                URI.create(userInfo));
    }
}
