package io.ostiary.matrix;

import java.io.IOException;
import java.util.List;

/** Sends request targets to one guarded application and counts what came of them. */
final class PathReplay {
    static final String REFUSED = "refused";
    static final String THROUGH = "through";
    static final String FAULT = "5xx";
    private final Library library;
    private final Guarded site;
    private final Tally tally;
    private final List<String> seen;

    /**
     * Counts into what others count into too.
     *
     * @param seen each target that was not refused, as a line of a table without its ends
     */
    PathReplay(Library library, Guarded site, Tally tally, List<String> seen) {
        this.library = library;
        this.site = site;
        this.tally = tally;
        this.seen = seen;
    }

    /** Somebody and what is closed to them. */
    record Caller(String title, String header, List<String> zones) {
        static Caller nobody() {
            return new Caller("nobody", "Accept: text/html", List.of("admin", "app", "api"));
        }

        /** Without a role; where other libraries have no keys, the zone of the keys is open to whoever is signed in. */
        static Caller vic(Guarded site) throws IOException {
            Visitor visitor = site.visitor();
            site.signIn(visitor, "vic", "");
            return new Caller("without the role", visitor.cookieLine(), List.of("admin"));
        }

        static Caller ada(Guarded site) throws IOException {
            Visitor visitor = site.visitor();
            site.signIn(visitor, "ada", "");
            return new Caller("with the role", visitor.cookieLine(), List.of("admin", "app"));
        }

        private long ran() {
            return zones.stream().mapToLong(Ran::times).sum();
        }
    }

    void replay(List<Attacks.Target> attacks, Caller... callers) throws IOException {
        for (Attacks.Target attack : attacks) {
            for (Caller caller : callers) {
                count(attack.kind(), attack, caller);
            }
        }
    }

    /** As many as asked, by nobody and by the other in turns. */
    void mutated(int count, long seed, Caller nobody, Caller other) throws IOException {
        Mutations mutations = new Mutations(seed);
        for (int i = 0; i < count; i++) {
            count(count + " mutated targets", mutations.next(), i % 2 == 0 ? nobody : other);
        }
    }

    private void count(String row, Attacks.Target attack, Caller caller) throws IOException {
        String outcome = outcome(attack, caller);
        tally.count(library.title + ": " + row, outcome);
        if (!outcome.equals(REFUSED) && library != Library.NONE) {
            String line = attack.method() + " " + attack.target();
            seen.add(library.title + ", " + caller.title() + ", " + outcome + "\t" + shown(line));
        }
    }

    String outcome(Attacks.Target attack, Caller caller) throws IOException {
        long before = caller.ran();
        Wire.Answer answer = site.wire().request(attack.method(), attack.target(), caller.header());
        if (caller.ran() != before) {
            return THROUGH;
        }
        // 501 and 505 are what a container says to a method or a version that it does not have.
        boolean fault = answer.status() >= 500 && answer.status() != 501 && answer.status() != 505;
        return fault ? FAULT : REFUSED;
    }

    /** What the library does with plain targets that are somebody's own; {@code yes} if the code ran. */
    String legitimate(String target, Caller caller) throws IOException {
        long before = caller.ran();
        Wire.Answer answer = site.wire().get(target, caller.header());
        return caller.ran() != before ? "yes" : String.valueOf(answer.status());
    }

    private static String shown(String line) {
        StringBuilder text = new StringBuilder();
        for (char c : (line.length() > 80 ? line.substring(0, 80) + "..." : line).toCharArray()) {
            text.append(c > 0x20 && c < 0x7f || c == ' ' ? String.valueOf(c) : "{%02x}".formatted((int) c));
        }
        return text.toString();
    }
}
