package io.ostiary.core.endpoint;

import io.ostiary.core.AnswerMode;
import io.ostiary.core.Answers;
import io.ostiary.core.AuthEngine;
import io.ostiary.core.AuthRequest;
import io.ostiary.core.Decision;
import io.ostiary.core.Identity;
import io.ostiary.core.Policies;
import io.ostiary.core.Policy;
import io.ostiary.core.Reply;
import io.ostiary.core.csrf.SameOriginCheck;
import io.ostiary.core.session.SessionRecord;
import io.ostiary.core.session.Sessions;
import io.ostiary.core.spi.AuthEvent;
import io.ostiary.core.spi.SubjectKey;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An administrator logs somebody out everywhere. Named by issuer and subject, so that it is never somebody of like name. */
final class EndUserEndpoint {
    private static final int MAX_NAME = 1024;
    private final AuthEngine engine;
    private final Endpoints.SignedIn parts;
    private final SameOriginCheck sameOrigin;
    private final Answers answers;
    private final Policy admins;

    EndUserEndpoint(AuthEngine engine, Endpoints.SignedIn parts, SameOriginCheck sameOrigin, Answers answers) {
        this.engine = engine.accepting(Set.of(AuthEngine.SESSION));
        this.parts = parts;
        this.sameOrigin = sameOrigin;
        this.answers = answers;
        this.admins = Policies.anyRole(parts.settings().adminRoles());
    }

    Endpoints.Route route() {
        return new Endpoints.Route("POST", "/sessions/end-user", false, this::end);
    }

    private Reply end(AuthRequest request) {
        if (!sameOrigin.passes(request)) {
            return SessionsEndpoint.error(403, "access_denied");
        }
        Reply unreadable = SessionsEndpoint.unreadable(request);
        if (unreadable != null) {
            return unreadable;
        }
        SessionRecord current = parts.sessions().current(request);
        if (current == null || current.state() == SessionRecord.State.PENDING) {
            return SessionsEndpoint.error(401, "login_required");
        }
        // The engine knows the roles of this moment, and tells the audit of a refusal.
        Decision decision = engine.decide(request, admins);
        if (decision instanceof Decision.Forbidden) {
            return SessionsEndpoint.error(403, "access_denied");
        }
        if (!(decision instanceof Decision.Allow allowed)) {
            return answers.of(decision, request, AnswerMode.API);
        }
        request.attribute(AuthEvent.SESSION, current.handle()); // it may end with the others
        SubjectKey owner = named(request);
        return owner == null ? SessionsEndpoint.error(400, "invalid_request") : end(request, allowed.identity(), owner);
    }

    /** Raises the epoch whether sessions are found or not: those in cookies, and tokens, are not. */
    private Reply end(AuthRequest request, @Nullable Identity admin, SubjectKey owner) {
        Sessions sessions = parts.sessions();
        int known = sessions.of(owner).size();
        sessions.endAll(owner);
        parts.listener()
                .on(AuthEvent.of(AuthEvent.Type.SESSIONS_ENDED, parts.clock().instant(), "", admin, null, request)
                        .withDetail(owner.issuer() + '#' + owner.subject()));
        return SessionsEndpoint.ended(request, known);
    }

    private static @Nullable SubjectKey named(AuthRequest request) {
        String issuer = one(request, "issuer");
        String subject = one(request, "subject");
        return issuer == null || subject == null ? null : new SubjectKey(issuer, subject);
    }

    private static @Nullable String one(AuthRequest request, String name) {
        List<String> values = SessionsEndpoint.values(request, name);
        boolean usable =
                values.size() == 1 && !values.get(0).isBlank() && values.get(0).length() <= MAX_NAME;
        return usable ? values.get(0) : null;
    }
}
