package io.ostiary.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every value of the redirect file in each place that takes one: nobody is led to another site. */
final class RedirectReplayTest {
    private static final String ALLOW = "ALLOW ";
    private static final String MAY = "MAY ";
    private static Matrix matrix;
    private static Judge judge;

    @BeforeAll
    static void start() throws Exception {
        matrix = Matrix.shared();
        judge = new Judge(matrix);
    }

    private interface Way {
        Wire.Answer lead(String value) throws IOException;
    }

    @Test
    void aLoginLeadsNowhereElse() throws Exception {
        Tally tally = new Tally();
        replay("after a login", tally, value -> {
            Person person = matrix.person();
            return person.signIn("ada", value);
        });
        Person somebody = matrix.signedIn("ada");
        replay("for somebody who is signed in", tally, value -> somebody.open("/auth/login?next=" + value));
        replay(
                "after a logout",
                tally,
                value -> matrix.wire()
                        .request(
                                "POST",
                                "/auth/logout?next=" + value,
                                "Origin: http://127.0.0.1:" + matrix.port(),
                                "Content-Length: 0"));
        replay("the login page", tally, value -> matrix.wire().get("/auth/login?next=" + value, "Accept: text/html"));
        tally.write("redirect");
    }

    private static void replay(String where, Tally tally, Way way) throws Exception {
        List<String> failures = new ArrayList<>();
        for (String line : Attacks.lines("attacks-redirect.txt")) {
            String value = Attacks.bytes(here(line.replaceFirst("^(ALLOW|MAY) ", ""), matrix.port()));
            Wire.Answer[] answer = new Wire.Answer[1];
            String outcome = judge.outcome(
                    line,
                    () -> {
                        answer[0] = way.lead(value);
                        return answer[0];
                    },
                    failures);
            String location = answer[0].header("Location");
            boolean login = !where.contains("logout") && !where.contains("page");
            if (line.startsWith(ALLOW) && login && !decoded(own(location)).equals(decoded(decoded(value)))) {
                failures.add(line + " leads to " + location + " instead");
            }
            if (answer[0].head().contains("evil.example") && !location.matches("/[^/].*|http://127[.]0[.]0[.]1.*")
                    || answer[0].all("Set-Cookie").stream().anyMatch(cookie -> cookie.startsWith("a="))
                    || answer[0].body().contains("<script>alert")
                    || answer[0].body().matches("(?s).*href=['\"]?(//|javascript:|https?://evil).*")) {
                failures.add(line + " left a mark: " + answer[0]);
            }
            String kind = line.startsWith(ALLOW) ? "allowed" : line.startsWith(MAY) ? "may be allowed" : "attack";
            tally.count(where + ", " + kind, described(outcome, own(location)));
        }
        assertEquals(List.of(), failures);
    }

    private static String described(String outcome, String location) {
        return !outcome.equals("302") ? outcome : location.equals("/") ? "default page" : "own page";
    }

    /** The file speaks of a site of its own; here it is this one, which has a port. */
    static String here(String line, int port) {
        String own = "127.0.0.1:" + port;
        return line.startsWith("http://app.example")
                ? line.replace("http://app.example", "https://" + own)
                : line.replace("https://app.example", "http://" + own).replace("app.example", own);
    }

    private static String own(String location) {
        return location.replaceFirst("^http://127[.]0[.]0[.]1:" + matrix.port() + "(?=/)", "");
    }

    /** One level of percent-encoding. */
    private static String decoded(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '%' && text.substring(i).matches("(?s)%[0-9A-Fa-f]{2}.*")) {
                bytes.write(Integer.parseInt(text.substring(i + 1, i + 3), 16));
                i += 2;
            } else {
                bytes.write(text.charAt(i));
            }
        }
        return bytes.toString(StandardCharsets.ISO_8859_1);
    }
}
