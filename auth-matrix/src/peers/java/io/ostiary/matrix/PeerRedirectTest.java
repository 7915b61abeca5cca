package io.ostiary.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Each value of the redirect file in the places from which each library learns where a login leads. */
@Tag("peers")
final class PeerRedirectTest {
    private static final List<String> BAD = List.of("another site", "split header", "5xx");

    private interface Way {
        Wire.Answer lead(Guarded site, String value) throws IOException;
    }

    @Test
    void whereALoginLeads() throws Exception {
        Tally tally = new Tally();
        for (Library library : Library.values()) {
            if (library != Library.NONE) {
                try (Guarded site = library.start(Policy.REST_CLOSED)) {
                    String back = path(askedBefore(site, "/app/home").header("Location"));
                    assertEquals("/app/home", back.replaceFirst("[?]continue$", ""), library.title);
                    ways(new Replay(library, site, tally));
                }
            }
        }
        try (Guarded site = Library.SPRING.start(Policy.TARGET_PARAMETER)) {
            assertEquals("/app/home", path(asParameter(site, "/app/home").header("Location")));
            new Replay(Library.SPRING, site, tally)
                    .all("`next` of the login, with `targetUrlParameter`", "", PeerRedirectTest::asParameter);
        }
        tally.write("peers-redirect");
    }

    private static void ways(Replay replay) throws IOException {
        // These are addresses of the request line, so only what begins with a slash can be one.
        replay.all("the page that was asked for", "/", PeerRedirectTest::askedBefore);
        replay.all("`next` of the page that was asked for", "", (at, value) -> askedBefore(at, "/app/x?next=" + value));
        replay.all("`next` of the login", "", PeerRedirectTest::asParameter);
    }

    private static Wire.Answer asParameter(Guarded site, String value) throws IOException {
        return site.signIn(site.visitor(), "ada", "?next=" + value);
    }

    private static Wire.Answer askedBefore(Guarded site, String target) throws IOException {
        Visitor visitor = site.visitor();
        Wire.Answer answer = visitor.open(target);
        boolean login =
                answer.header("Location").matches("(http://127[.]0[.]0[.]1:[0-9]+)?/(auth/)?login(;[^?]*)?([?].*)?");
        return login ? site.signIn(visitor, "ada", site.remembered(answer)) : answer;
    }

    private record Replay(Library library, Guarded site, Tally tally) {
        /** Sends the values that begin so, which for request lines are attacks only: what is allowed is a page of its own there. */
        void all(String where, String begin, Way way) throws IOException {
            for (String line : Attacks.lines("attacks-redirect.txt")) {
                String plain = line.replaceFirst("^(ALLOW|MAY) ", "");
                String value = Attacks.bytes(RedirectReplayTest.here(plain, site.port()));
                boolean attack = plain.equals(line);
                if (value.startsWith(begin) && (attack || where.startsWith("`next` of the login"))) {
                    String kind = attack ? "attack" : line.startsWith("ALLOW ") ? "allowed" : "may be allowed";
                    String outcome = described(site, way.lead(site, value));
                    assertTrue(library != Library.OSTIARY || !BAD.contains(outcome), line + " of Ostiary: " + outcome);
                    tally.count(library.title + ": " + where + ", " + kind, outcome);
                }
            }
        }
    }

    private static String described(Guarded site, Wire.Answer answer) {
        String location = answer.header("Location");
        if (answer.all("Location").size() > 1
                || answer.all("Set-Cookie").stream().anyMatch(cookie -> cookie.startsWith("a="))) {
            return "split header";
        }
        if (!BrowserRule.stays(site.port(), location)) {
            return "another site";
        }
        if (answer.status() >= 500) {
            return "5xx";
        }
        if (answer.status() < 300 || answer.status() >= 400) {
            return answer.status() == 200 ? "no login" : "refused";
        }
        return path(location).equals("/") ? "default page" : "own page";
    }

    /** Without this site and without the session that some write behind the path. */
    private static String path(String location) {
        String path = location.replaceFirst("^http://127[.]0[.]0[.]1:[0-9]+", "")
                .replaceFirst(";jsessionid=[0-9A-Za-z.]*", "");
        return path.isEmpty() ? "/" : path;
    }
}
