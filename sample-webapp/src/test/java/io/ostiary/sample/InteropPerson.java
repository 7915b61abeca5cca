package io.ostiary.sample;

import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Somebody with a browser who fills in whatever form a provider shows. The answers are written down, secrets cut. */
final class InteropPerson {
    static final String PASSWORD = "interop-password";
    private static final Pattern ACTION = Pattern.compile("<form[^>]*action=\"([^\"]+)\"");
    private static final Pattern INPUT = Pattern.compile("<input\\b[^>]*>");
    private static final Pattern ATTRIBUTE = Pattern.compile("\\b(name|value)=\"([^\"]*)\"");
    private static final Pattern SECRET = Pattern.compile(
            "\\b(code|state|nonce|code_challenge|id_token_hint|request_uri|session_state|session_code|tab_id|execution|client_data)=[^&#\\s]*");
    private static final Pattern INTERACTION = Pattern.compile("/[A-Za-z0-9_-]{43}(?![A-Za-z0-9_-])");
    private static final int STEPS = 20;
    private final String baseUrl;
    private final String name;
    private final Path transcript;
    private final Visitor visitor;
    private int askedForPassword;

    InteropPerson(String baseUrl, String name, Path transcript) {
        this.baseUrl = baseUrl;
        this.name = name;
        this.transcript = transcript;
        this.visitor = new Visitor(baseUrl, this::write);
    }

    /** The same person and the same login at the provider, but with no session in the application. */
    InteropPerson elsewhere() {
        InteropPerson other = new InteropPerson(baseUrl, name, transcript);
        visitor.cookies().forEach((cookie, value) -> {
            if (!cookie.contains("ostiary")) {
                other.visitor.with(cookie, value);
            }
        });
        return other;
    }

    Visitor visitor() {
        return visitor;
    }

    /** How often the provider wanted a password so far. */
    int askedForPassword() {
        return askedForPassword;
    }

    /** Logs in, and returns the status of a guarded page afterwards. */
    int logIn() throws IOException, InterruptedException {
        visitor.open(through("/auth/login/op?next=/app/whoami"));
        return visitor.open("/app/whoami").statusCode();
    }

    /** Logs out here and at the provider, and returns where the provider sends the browser. */
    String logOut() throws IOException, InterruptedException {
        return through(visitor.location(visitor.post("/auth/logout", "", "Sec-Fetch-Site", "same-origin")));
    }

    /** Follows the provider's redirects and forms until it sends the browser back to the application. */
    String through(String start) throws IOException, InterruptedException {
        HttpResponse<String> answer = visitor.open(start);
        for (int step = 0; step < STEPS; step++) {
            if (answer.statusCode() / 100 == 3) {
                String location = visitor.location(answer);
                if (location.startsWith(baseUrl)) {
                    return location;
                }
                answer = visitor.open(location);
            } else {
                answer = fillIn(answer);
            }
        }
        throw new IllegalStateException("the provider does not let go");
    }

    private HttpResponse<String> fillIn(HttpResponse<String> page) throws IOException, InterruptedException {
        Matcher action = ACTION.matcher(page.body());
        if (page.statusCode() != 200 || !action.find()) {
            throw new IllegalStateException("no form, status " + page.statusCode() + ": " + page.body());
        }
        Map<String, String> fields = fields(page.body());
        String form = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return visitor.post(page.uri().resolve(plain(action.group(1))).toString(), form);
    }

    private Map<String, String> fields(String html) {
        Map<String, String> fields = new LinkedHashMap<>();
        Matcher inputs = INPUT.matcher(html);
        while (inputs.find()) {
            Map<String, String> attributes = new LinkedHashMap<>();
            Matcher matcher = ATTRIBUTE.matcher(inputs.group());
            while (matcher.find()) {
                attributes.put(matcher.group(1), plain(matcher.group(2)));
            }
            String field = attributes.getOrDefault("name", "");
            fields.put(field, answer(field, attributes.getOrDefault("value", "")));
        }
        fields.remove("");
        if (html.contains("name=\"logout\"")) {
            fields.put("logout", "yes");
        }
        return fields;
    }

    private String answer(String field, String value) {
        return switch (field) {
            case "login", "username" -> name;
            case "password" -> {
                askedForPassword++;
                yield PASSWORD;
            }
            default -> value;
        };
    }

    private static String plain(String attribute) {
        return attribute.replace("&amp;", "&");
    }

    private void write(HttpResponse<?> response) {
        String location = response.headers()
                .firstValue("Location")
                .map(target -> " -> " + target)
                .orElse("");
        String line = name + ": " + response.request().method() + " " + response.uri() + " " + response.statusCode()
                + location + "\n";
        try {
            Files.writeString(
                    transcript,
                    INTERACTION
                            .matcher(SECRET.matcher(line).replaceAll("$1=..."))
                            .replaceAll("/..."),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
