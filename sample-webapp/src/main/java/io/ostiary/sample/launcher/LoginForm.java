package io.ostiary.sample.launcher;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import io.ostiary.core.UrlEncoded;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The provider's login page. It posts to its own URL, query included, as {@code application/x-www-form-urlencoded}:
 *
 * <ul>
 *   <li>{@code username}: {@code ada}, {@code eve}, {@code vic} or any name of 1 to 80 characters; becomes {@code sub}
 *   <li>{@code roles}: optional, comma separated; without it a known persona has its own roles, anybody else none
 *   <li>{@code claims}: optional JSON object; replaces all claims that the two fields above would give
 * </ul>
 */
final class LoginForm {
    private static final int LONGEST_NAME = 80;
    private final Template page;

    private LoginForm(Template page) {
        this.page = page;
    }

    static LoginForm load() throws IOException {
        return new LoginForm(Mustache.compiler()
                .escapeHTML(true)
                .compile(new String(resource("login.mustache"), StandardCharsets.UTF_8)));
    }

    static byte[] styleSheet() throws IOException {
        return resource("login.css");
    }

    /** The page, with a complaint about the last attempt or an empty text. */
    String html(String application, String problem) {
        return page.execute(Map.of(
                "application",
                application,
                "problem",
                problem.isEmpty() ? List.of() : List.of(problem),
                "personas",
                Persona.KNOWN.stream().map(LoginForm::row).toList()));
    }

    /** What is wrong with a submitted form; empty if nothing. */
    static String problem(String form) {
        String username = field(form, "username");
        if (username.isEmpty()) {
            return "Please give a name.";
        }
        if (username.length() > LONGEST_NAME) {
            return "Please give a name of at most 80 characters.";
        }
        return Persona.areClaims(field(form, "claims")) ? "" : "The claims are not a JSON object.";
    }

    /** The submitted form in the words of the protocol library: username and claims. */
    static String normalised(String form, Instant now) {
        String username = field(form, "username");
        String claims = field(form, "claims");
        if (claims.isEmpty()) {
            claims = Persona.of(username, field(form, "roles")).claims(now);
        }
        return "username=" + URLEncoder.encode(username, StandardCharsets.UTF_8) + "&claims="
                + URLEncoder.encode(claims, StandardCharsets.UTF_8);
    }

    /** The last filled-in field of a name; empty if there is none. */
    private static String field(String form, String name) {
        String found = "";
        for (String value : UrlEncoded.values(form, name)) {
            found = value.isBlank() ? found : value.strip();
        }
        return found;
    }

    private static Map<String, String> row(Persona persona) {
        return Map.of(
                "username", persona.username(),
                "name", persona.name(),
                "initial", persona.initial(),
                "roles", persona.roleText());
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream stream = LoginForm.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IOException("the launcher's resource '" + name + "' is missing");
            }
            return stream.readAllBytes();
        }
    }
}
