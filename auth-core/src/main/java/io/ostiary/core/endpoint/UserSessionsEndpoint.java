package io.ostiary.core.endpoint;

import io.ostiary.core.AnswerMode;
import io.ostiary.core.Answers;
import io.ostiary.core.AuthEngine;
import io.ostiary.core.AuthRequest;
import io.ostiary.core.Decision;
import io.ostiary.core.Policies;
import io.ostiary.core.Policy;
import io.ostiary.core.Reply;
import io.ostiary.core.csrf.SameOriginCheck;
import io.ostiary.core.spi.AuthEvent;
import io.ostiary.core.spi.Endpoint;
import io.ostiary.core.spi.SubjectKey;
import java.util.List;
import java.util.Set;

/**
 * An administrator ends every session of somebody, with remembered logins and tokens. For people who are logged in: a key or
 * a token in a header ends nothing here. Thread-safe.
 */
final class UserSessionsEndpoint implements Endpoint {
    private static final int MAX_TEXT = 1000;
    private final AuthEngine people;
    private final Answers answers;
    private final Policy administrators;
    private final SameOriginCheck sameOrigin;
    private final Endpoints.SignedIn parts;

    /** Takes roles of which an administrator has at least one; not empty. */
    UserSessionsEndpoint(
            AuthEngine engine,
            Answers answers,
            Set<String> roles,
            SameOriginCheck sameOrigin,
            Endpoints.SignedIn parts) {
        this.people = engine.accepting(Set.of(AuthEngine.SESSION));
        this.answers = answers;
        this.administrators = Policies.anyRole(roles);
        this.sameOrigin = sameOrigin;
        this.parts = parts;
    }

    @Override
    public Reply handle(AuthRequest request) {
        if (!sameOrigin.passes(request)) {
            return SessionsEndpoint.error(403, "access_denied");
        }
        Decision decision = people.decide(request, administrators);
        if (!(decision instanceof Decision.Allow allow)) {
            return answers.of(decision, request, AnswerMode.AUTO);
        }
        List<String> issuer = SessionsEndpoint.values(request, "issuer");
        List<String> subject = SessionsEndpoint.values(request, "subject");
        if (!isOne(issuer) || !isOne(subject)) {
            return SessionsEndpoint.error(400, "invalid_request");
        }
        SubjectKey whom = new SubjectKey(issuer.get(0), subject.get(0));
        request.attribute(AuthEvent.SESSION, parts.sessions().nameOf(request)); // now: it may end with the others
        int known = parts.sessions().of(whom).size();
        parts.sessions().endAll(whom); // also what nobody can count: sealed sessions, tokens
        AuthEvent event = AuthEvent.of(
                AuthEvent.Type.SESSIONS_ENDED, parts.clock().instant(), "", allow.identity(), null, request);
        parts.listener().on(event.withDetail("all of " + whom.subject() + " at " + whom.issuer()));
        return SessionsEndpoint.done(request, known);
    }

    private static boolean isOne(List<String> values) {
        return values.size() == 1 && !values.get(0).isBlank() && values.get(0).length() <= MAX_TEXT;
    }
}
