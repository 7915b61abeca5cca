package io.ostiary.core.endpoint;

import io.ostiary.core.AnswerMode;
import io.ostiary.core.Answers;
import io.ostiary.core.AuthEngine;
import io.ostiary.core.AuthRequest;
import io.ostiary.core.Decision;
import io.ostiary.core.Reply;
import io.ostiary.core.csrf.SameOriginCheck;
import io.ostiary.core.session.SessionRecord;
import io.ostiary.core.session.Sessions;
import io.ostiary.core.spi.AuthEvent;
import io.ostiary.core.spi.Endpoint;
import io.ostiary.core.spi.Feature;
import java.util.Set;

/** Stands before the pages of features: lets in people with a session only, and nothing on behalf of another site. */
final class FeaturePages {
    private final AuthEngine people;
    private final Sessions sessions;
    private final SameOriginCheck sameOrigin;
    private final Answers answers;

    FeaturePages(AuthEngine engine, Sessions sessions, SameOriginCheck sameOrigin, Answers answers) {
        this.people = engine.accepting(Set.of(AuthEngine.SESSION));
        this.sessions = sessions;
        this.sameOrigin = sameOrigin;
        this.answers = answers;
    }

    Endpoint of(Feature.Page page) {
        return request -> answer(page, request);
    }

    private Reply answer(Feature.Page page, AuthRequest request) {
        boolean reads = page.method().equals("GET");
        // What is made here outlives the session, so a browser that says nothing of where it comes from is not
        // believed.
        if (!reads && (SameOriginCheck.tellsNothing(request) || !sameOrigin.passes(request))) {
            return Answers.refuse(
                    request,
                    403,
                    new Answers.Refusal(
                            "cross-site",
                            "Not from this page",
                            "That did not come from a page of this application. Nothing was done.",
                            "Go to the start page",
                            request.encodedContextPath() + "/",
                            "another site"));
        }
        Decision decision = people.decide(request, page.policy());
        if (!(decision instanceof Decision.Allow allow)) {
            return answers.of(decision, request, AnswerMode.AUTO);
        }
        SessionRecord session = sessions.current(request);
        if (allow.identity() == null || session == null) {
            throw new IllegalStateException("a page of a feature is open to nobody without a session");
        }
        request.attribute(AuthEvent.SESSION, session.handle()); // for what the page tells of
        return page.answers().apply(new Feature.Visit(request, allow.identity(), session.identity()));
    }
}
