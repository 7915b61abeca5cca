package io.ostiary.core.runtime;

import io.ostiary.core.BaseUrl;
import io.ostiary.core.Origins;
import io.ostiary.core.ReturnTo;
import io.ostiary.core.Secret;
import io.ostiary.core.config.Settings;
import io.ostiary.core.crypto.MasterKey;
import io.ostiary.core.crypto.Tokens;
import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Settings of the application as a whole.
 *
 * @param development {@code development}: allows plain http on loopback and a generated secret; false by default
 * @param baseUrl {@code base-url}: public address with context path; optional in development only
 * @param secure whether that address is https
 * @param secret {@code secret}: at least 32 bytes, the same on every node and after every restart; optional in
 *     development only
 * @param realm {@code realm}: named in challenges; {@code ostiary} by default
 * @param endpointPath {@code endpoint-path}: where the kit's own pages are mapped; {@code /auth} by default
 * @param loginPage {@code login-page}: a page of the application that takes the place of the built-in one; null for none
 * @param afterLogin {@code after-login}: where a login without a place to return to leads: a path, or an https address of
 *     a front end; {@code /} by default
 * @param afterLogout {@code after-logout}: where a logout leads, likewise; {@code /} by default
 */
record AppSettings(
        boolean development,
        BaseUrl baseUrl,
        boolean secure,
        Secret secret,
        String realm,
        String endpointPath,
        @Nullable String loginPage,
        String afterLogin,
        String afterLogout) {

    private static final System.Logger LOG = System.getLogger(AppSettings.class.getName());
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");
    private static final String PATH_ALLOWED =
            "a path inside the application that begins with one slash, without '..', '//' or a control character";

    static AppSettings from(Settings settings, Tokens tokens) {
        boolean development = settings.flag("development", false);
        URI url = settings.url("base-url");
        checkUrl(settings, url, development);
        return new AppSettings(
                development,
                url == null ? BaseUrl.ofLoopbackRequests() : BaseUrl.of(withoutSlash(url.toString())),
                url != null && "https".equals(url.getScheme()),
                secret(settings, development, tokens),
                settings.matching(
                        "realm",
                        "[A-Za-z0-9 ._-]{1,64}",
                        "1 to 64 letters, digits, blanks, dots, dashes or underscores",
                        "ostiary"),
                settings.matching(
                        "endpoint-path",
                        "(/[A-Za-z0-9_-]+){1,4}",
                        "a path such as /auth, of letters, digits, dashes and underscores",
                        "/auth"),
                settings.has("login-page") ? place(settings, "login-page") : absent(settings, "login-page"),
                landing(settings, "after-login", development),
                landing(settings, "after-logout", development));
    }

    private static void checkUrl(Settings settings, @Nullable URI url, boolean development) {
        if (url == null) {
            if (!development) {
                settings.requiredText(
                        "base-url", "the public address of the application, for example https://app.example");
            }
            return;
        }
        boolean loopback = LOOPBACK.contains(url.getHost());
        if ("http".equals(url.getScheme()) && !(development && loopback)) {
            throw settings.problem(
                    "base-url",
                    "is '" + url + "'; allowed: an https address; plain http only on 127.0.0.1 or localhost"
                            + " with 'development' set to true");
        }
        if (development && !loopback) {
            throw settings.problem(
                    "development",
                    "is true while 'base-url' is '" + url
                            + "'; allowed: false, or a base-url on 127.0.0.1 or localhost");
        }
    }

    private static Secret secret(Settings settings, boolean development, Tokens tokens) {
        Secret configured = settings.secret("secret", MasterKey.MIN_BYTES);
        if (configured != null) {
            return configured;
        }
        if (!development) {
            settings.requiredText(
                    "secret", "at least 32 bytes of random text, for example the output of: openssl rand -base64 32");
        }
        LOG.log(
                System.Logger.Level.WARNING,
                "development is on: plain http is allowed on loopback, and the secret is made up anew at every start");
        return Secret.of(tokens.next());
    }

    private static String place(Settings settings, String key) {
        String value = settings.text(key, "/");
        ReturnTo place = ReturnTo.parse(value);
        if (place == null) {
            throw settings.problem(key, "is '" + value + "'; allowed: " + PATH_ALLOWED);
        }
        return place.location();
    }

    /** Also a page of a front end on another origin; never one that a request names. */
    private static String landing(Settings settings, String key, boolean development) {
        String value = settings.text(key, "/");
        if (!value.startsWith("http")) {
            return place(settings, key);
        }
        int path = value.indexOf('/', "https://".length());
        String origin = path < 0 ? value : value.substring(0, path);
        boolean loopback = development && origin.matches("http://(127\\.0\\.0\\.1|localhost)(:[0-9]+)?");
        boolean plain = path < 0 || ReturnTo.parse(value.substring(path)) != null;
        if (!Origins.isOrigin(origin) || !(origin.startsWith("https:") || loopback) || !plain) {
            throw settings.problem(
                    key, "is '" + value + "'; allowed: " + PATH_ALLOWED + ", or an https address of a front end");
        }
        return value;
    }

    private static @Nullable String absent(Settings settings, String key) {
        return settings.optionalText(key);
    }

    private static String withoutSlash(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }
}
