package io.ostiary.servlet;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every raw request target of the attack file, byte for byte, against guarded zones. */
final class AttackPathTest {
    private static final Pattern RAW_BYTE = Pattern.compile("\\{([0-9A-Fa-f]{2})}");
    private static JettyApp root;
    private static JettyApp mounted;

    @BeforeAll
    static void start() throws Exception {
        root = zones("/");
        mounted = zones("/ctx");
    }

    @AfterAll
    static void stop() {
        root.close();
        mounted.close();
    }

    private static JettyApp zones(String contextPath) throws Exception {
        JettyApp app = new JettyApp();
        app.context().setContextPath(contextPath);
        for (String zone : List.of("admin", "app", "api")) {
            app.filter(
                            zone,
                            zone.equals("admin") ? RoleRequiredFilter.class : LoginRequiredFilter.class,
                            "/" + zone + "/*",
                            zone.equals("admin") ? Map.of("roles", "admin") : Map.of())
                    .servlet(
                            "/" + zone + "/*",
                            (request, response) -> response.getWriter().print("SECRET"));
        }
        for (String open : List.of("/public/*", "/static/*", "/login", "/oauth/callback", "/error", "/health")) {
            app.servlet(open, (request, response) -> response.getWriter().print("open"));
        }
        return app.start();
    }

    record Attack(String method, String target, String why) {
        @Override
        public String toString() {
            return method + " " + target.substring(0, Math.min(80, target.length())) + " (" + why + ")";
        }
    }

    static Stream<Attack> attacks() throws Exception {
        try (InputStream file =
                Objects.requireNonNull(AttackPathTest.class.getResourceAsStream("/attacks/attacks-path.tsv"))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .filter(line -> !line.startsWith("#") && line.contains("\t"))
                            .map(line -> line.split("\t", 3))
                            .map(parts -> new Attack(parts[0], parts[1], parts[2]))
                            .toList()
                            .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void doesNotReachProtectedCode(Attack attack) throws Exception {
        JettyApp app = attack.why().contains("[ctx]") || attack.target().startsWith("/ctx") ? mounted : root;
        String target = RAW_BYTE.matcher(attack.target())
                .replaceAll(hex -> java.util.regex.Matcher.quoteReplacement(
                        String.valueOf((char) Integer.parseInt(hex.group(1), 16))));
        String answer = app.raw(attack.method() + " " + target
                + " HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\nConnection: close\r\n\r\n");
        assertAll(
                () -> assertFalse(answer.contains("SECRET"), answer),
                () -> assertFalse(answer.startsWith("HTTP/1.1 500"), answer),
                () -> assertFalse(answer.contains("\tat "), answer),
                () -> assertTrue(location(answer).matches("|(http://localhost)?/(?!/).*"), answer));
    }

    private static String location(String answer) {
        return answer.lines()
                .filter(line -> line.regionMatches(true, 0, "Location: ", 0, 10))
                .map(line -> line.substring(10))
                .findFirst()
                .orElse("");
    }
}
