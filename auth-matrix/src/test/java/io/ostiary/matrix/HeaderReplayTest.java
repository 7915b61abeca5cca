package io.ostiary.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every line of the header file: nothing that a client says about itself opens anything. */
final class HeaderReplayTest {
    /** Where the file asks for one answer and no other. */
    private static final Map<String, String> STATUS = Map.ofEntries(
            Map.entry("H10", "429"),
            Map.entry("H17", "400|302|200|404"),
            Map.entry("H18", "400"),
            Map.entry("H25", "401"),
            Map.entry("H29", "401"),
            Map.entry("H30", "401"),
            Map.entry("H31", "401"),
            Map.entry("H34", "401"),
            Map.entry("H35", "401"),
            Map.entry("H36", "401"),
            Map.entry("H37", "400|401"),
            // Open Liberty cuts a session id off before anybody sees the target, and reads none from there.
            Map.entry("H42", Container.name().equals("liberty") ? "200" : "400"),
            Map.entry("H43", "400|401"),
            Map.entry("H45", "403"),
            Map.entry("H46", "403"),
            Map.entry("H57", "401"),
            Map.entry("H60", "403"),
            Map.entry("H65", "302|401"),
            Map.entry("H69", "401"));

    private static final Pattern LINK =
            Pattern.compile("(href|src|action|url) ?=['\"]?[a-z:]*//[^'\"> ]*evil[.]example");

    private static Matrix matrix;

    @BeforeAll
    static void start() throws Exception {
        matrix = Matrix.shared();
    }

    private static String session(String name, String... roles) throws Exception {
        return Objects.requireNonNull(matrix.signedIn(name, roles).cookies().get("session"));
    }

    @Test
    void noHeaderOpensAnything() throws Exception {
        HeaderAttacks attacks = new HeaderAttacks(matrix, session("vic"), session("eve"));
        Judge nobody = new Judge(matrix, "admin", "app", "api");
        Judge somebody = new Judge(matrix, "admin", "api");
        Tally tally = new Tally();
        List<String> failures = new ArrayList<>();
        for (String line : Attacks.lines("attacks-headers.tsv")) {
            String[] parts = line.split("\t", 5);
            for (HeaderAttacks.Request request : attacks.of(parts[0], parts[1], Attacks.bytes(parts[2]))) {
                Wire.Answer[] answer = new Wire.Answer[1];
                String outcome = (request.mayOpen() ? somebody : nobody)
                        .outcome(
                                parts[0] + " " + request.requestLine(),
                                () -> {
                                    answer[0] = matrix.wire().send(request.bytes(matrix.port()));
                                    return answer[0];
                                },
                                failures);
                marks(parts[0], answer[0], failures);
                tally.count(kind(parts[0]), outcome);
                if (!parts[0].equals("H10")) {
                    expect(parts[0], answer[0], failures);
                }
            }
        }
        expect("H10", matrix.wire().get("/ctx/api/x", "X-API-KEY: wrong", "X-Forwarded-For: 9.9.9.9"), failures);
        assertEquals(List.of(), failures);
        tally.write("headers");
    }

    private static void expect(String id, Wire.Answer answer, List<String> failures) {
        String expected = STATUS.get(id);
        if (expected != null && !String.valueOf(answer.status()).matches(expected)) {
            failures.add(id + ": " + expected + " was expected, but it is " + answer);
        }
    }

    /** What an attacker said about this site's name, and what other sites may read. */
    private static void marks(String id, Wire.Answer answer, List<String> failures) {
        boolean named = answer.all("Location").stream().anyMatch(at -> at.contains("evil.example"))
                || answer.all("Set-Cookie").stream()
                        .anyMatch(cookie -> cookie.contains("evil.example") || cookie.contains("attackerchosen"))
                || LINK.matcher(answer.body()).find()
                || answer.body().contains("<script>alert");
        boolean shared = !answer.header("Access-Control-Allow-Origin").isEmpty()
                || !answer.header("Access-Control-Allow-Credentials").isEmpty();
        if (named || shared) {
            failures.add(id + " left a mark: " + answer);
        }
    }

    private static String kind(String id) {
        int number = Integer.parseInt(id.substring(1));
        return number <= 9
                ? "rewriting by header"
                : number <= 22
                        ? "addresses and hosts"
                        : number <= 33
                                ? "API keys"
                                : number <= 42
                                        ? "cookies"
                                        : number <= 60 ? "origins and sockets" : "content and caching";
    }
}
