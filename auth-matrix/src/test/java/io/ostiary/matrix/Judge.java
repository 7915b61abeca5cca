package io.ostiary.matrix;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The pass rule of the attack files: protected code did not run, nothing leaks, nobody is led away. */
final class Judge {
    static final String BYPASS = "bypass";

    /** Undertow says nothing, and WildFly this. */
    private static final Set<String> OWN_FAULT =
            Set.of("", "<html><head><title>Error</title></head><body>500 - Internal Server Error</body></html>");

    /** Open Liberty counts the characters of a path that it has shortened, before any application. */
    private static final Pattern MISCOUNTED =
            Pattern.compile("(?s)<H1>SRVE0232E: .{0,60}\\[begin [0-9]+, end [0-9]+, length [0-9]+].*");

    private final Matrix matrix;
    private final List<String> zones;

    /**
     * Watches zones.
     *
     * @param zones whose code may not run for whoever attacks
     */
    Judge(Matrix matrix, String... zones) {
        this.matrix = matrix;
        this.zones = List.of(zones);
    }

    interface Attack {
        Wire.Answer send() throws IOException;
    }

    /** Sends it; adds to {@code failures} what is wrong, and returns what came of it. */
    String outcome(String name, Attack attack, List<String> failures) throws IOException {
        long before = ran();
        Wire.Answer answer = attack.send();
        List<String> wrong = new ArrayList<>();
        if (ran() != before || zones.stream().anyMatch(zone -> answer.body().contains(ZoneServlet.SECRET + zone))) {
            wrong.add("the protected code ran");
        }
        if (faulty(name, answer)) {
            wrong.add("a fault");
        }
        if (!ownPlace(answer.header("Location")) && !nowhere(name, answer)
                || answer.all("Location").size() > 1) {
            wrong.add("leads away");
        }
        if (wrong.isEmpty()) {
            return answer.status() == 0
                    ? "closed"
                    : answer.status() == 200 ? "open page" : String.valueOf(answer.status());
        }
        String shown = name.length() > 300 ? name.substring(0, 300) : name;
        failures.add(shown + ": " + wrong + " " + answer);
        return BYPASS;
    }

    /**
     * Some containers have a fault of their own, before any application, where a target does not begin with a slash; and
     * Tomcat explains its own 400 with a stack of its own.
     */
    private static boolean faulty(String name, Wire.Answer answer) {
        boolean ownFault = answer.status() == 500
                && (OWN_FAULT.contains(answer.body()) && !name.contains(" /")
                        || MISCOUNTED.matcher(answer.body()).matches());
        return answer.status() == 500 && !ownFault
                || answer.status() > 500 && answer.body().contains("\tat ")
                || answer.body().contains("io.ostiary");
    }

    /** Jetty sends a target without a path to the root in a clumsy way: to no host at all, where no browser goes. */
    private static boolean nowhere(String name, Wire.Answer answer) {
        return !name.contains(" /")
                && answer.status() == 301
                && answer.header("Location").matches("//([?#].*)?");
    }

    private long ran() {
        return zones.stream().mapToLong(Ran::times).sum();
    }

    /** Where a browser stays on this site, read so strictly that no browser can read it otherwise. */
    boolean ownPlace(String location) {
        String own = "http://127.0.0.1:" + matrix.port();
        String path = location.startsWith(own) ? location.substring(own.length()) : location;
        return location.isEmpty()
                || path.isEmpty()
                || path.matches("/(?![/\\\\])[\\x21-\\x7e]*")
                || location.equals(own)
                || location.startsWith(matrix.provider().issuer() + "/authorize?")
                        && !location.replaceFirst("redirect_uri=http%3A%2F%2F127[.]0[.]0[.]1%3A" + matrix.port(), "")
                                .contains("redirect_uri=");
    }
}
