package io.ostiary.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Who is asking, by some of the schemes of an application. A credential that somebody chose to send is explicit; what
 * a browser sends by itself, the session, is ambient. Immutable and thread-safe.
 */
final class Identification {
    private final List<Source> explicit;
    private final @Nullable Source session;
    private final List<String> challenges;

    Identification(Shared shared, Set<String> schemes) {
        this.explicit = shared.explicit.stream()
                .filter(source -> schemes.contains(source.scheme()))
                .toList();
        this.session = schemes.contains(AuthEngine.SESSION) ? shared.session : null;
        List<String> how = new ArrayList<>();
        explicit.forEach(source -> how.add(source.challenge()));
        if (session != null) {
            how.add(session.challenge());
        }
        this.challenges = List.copyOf(how);
    }

    Set<String> schemes() {
        Set<String> names = new TreeSet<>();
        explicit.forEach(source -> names.add(source.scheme()));
        if (session != null) {
            names.add(AuthEngine.SESSION);
        }
        return names;
    }

    List<String> challenges() {
        return challenges;
    }

    /** The first explicit credential found; absent if there is none. */
    AuthOutcome explicit(AuthRequest request) {
        for (Source source : explicit) {
            AuthOutcome outcome = source.of(request);
            if (!(outcome instanceof AuthOutcome.Absent)) {
                return outcome;
            }
        }
        return AuthOutcome.absent();
    }

    AuthOutcome ambient(AuthRequest request) {
        return session == null ? AuthOutcome.absent() : session.of(request);
    }
}
