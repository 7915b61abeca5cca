package io.ostiary.core.endpoint;

import io.ostiary.core.Answers;
import io.ostiary.core.AuthRequest;
import io.ostiary.core.Reply;
import io.ostiary.core.ReturnTo;
import io.ostiary.core.UrlEncoded;
import io.ostiary.core.csrf.SameOriginCheck;
import io.ostiary.core.json.Json;
import io.ostiary.core.session.SessionRecord;
import io.ostiary.core.session.SessionSettings;
import io.ostiary.core.session.Sessions;
import io.ostiary.core.spi.AuthEvent;
import io.ostiary.core.spi.AuthListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A person's own sessions: list them, end one, all others, or all. Knows no session but those of who asks. */
final class SessionsEndpoint {
    private static final int MAX_BODY = 4096;
    private static final int INVALID = -1;
    private static final int UNKNOWABLE = -2;
    private final Sessions sessions;
    private final boolean inCookies;
    private final SameOriginCheck sameOrigin;
    private final AuthListener listener;
    private final InstantSource clock;
    private final Consumer<String> ended;

    /** Takes what must hear of the handle of each session that ends. */
    SessionsEndpoint(Endpoints.SignedIn parts, SameOriginCheck sameOrigin, Consumer<String> ended) {
        this.sessions = parts.sessions();
        this.inCookies = parts.settings().mode() == SessionSettings.Mode.COOKIE;
        this.sameOrigin = sameOrigin;
        this.listener = parts.listener();
        this.clock = parts.clock();
        this.ended = ended;
    }

    List<Endpoints.Route> routes() {
        return List.of(
                new Endpoints.Route("GET", "/sessions", false, this::list),
                new Endpoints.Route("POST", "/sessions/end", false, request -> change(request, this::endOne)),
                new Endpoints.Route("POST", "/sessions/end-others", false, request -> change(request, this::endOthers)),
                new Endpoints.Route("POST", "/sessions/end-all", false, request -> change(request, this::endAll)));
    }

    private Reply list(AuthRequest request) {
        SessionRecord current = who(request);
        if (current == null) {
            return error(401, "login_required");
        }
        List<Map<String, Object>> all = new ArrayList<>();
        for (SessionRecord session : known(current)) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("handle", session.handle());
            one.put("current", session.digest().equals(current.digest()));
            one.put("device", session.device());
            one.put("address", session.address());
            one.put("created", session.created().toString());
            one.put("last_used", session.lastUsed().toString());
            one.put("remembered", session.state() == SessionRecord.State.REMEMBERED);
            all.add(one);
        }
        return Reply.json(200, Json.write(Map.of("sessions", all, "complete", !inCookies)));
    }

    /** In cookies only the one that asks is there to be seen, beside those that were too large for a cookie. */
    private List<SessionRecord> known(SessionRecord current) {
        List<SessionRecord> all = new ArrayList<>(sessions.of(current.owner()));
        if (all.stream().noneMatch(session -> session.digest().equals(current.digest()))) {
            all.add(current);
        }
        return all;
    }

    private static Reply inBrowsers(AuthRequest request) {
        return Answers.refuse(
                request,
                409,
                new Answers.Refusal(
                        "sessions-in-browsers",
                        "Only all sessions can be ended together",
                        "Your sessions are kept in your browsers, so none of the others can be ended alone. Sign out"
                                + " everywhere, then sign in here again.",
                        "Go to the start page",
                        request.encodedContextPath() + "/",
                        "session.mode is cookie"));
    }

    private Reply change(AuthRequest request, BiFunction<AuthRequest, SessionRecord, Integer> change) {
        if (!sameOrigin.passes(request)) {
            return error(403, "access_denied");
        }
        Reply unreadable = unreadable(request);
        if (unreadable != null) {
            return unreadable;
        }
        SessionRecord current = who(request);
        if (current == null) {
            return error(401, "login_required");
        }
        int count = change.apply(request, current);
        if (count == UNKNOWABLE) {
            return inBrowsers(request);
        }
        if (count == INVALID) {
            return error(400, "invalid_request");
        }
        if (count > 0) {
            tell(request, current);
        }
        return ended(request, count);
    }

    /** Null for a form of a size that is looked at. */
    static @Nullable Reply unreadable(AuthRequest request) {
        byte[] body = body(request);
        boolean form = body != null && BodyType.fits(request, body, Set.of(BodyType.FORM));
        return form ? null : error(body == null ? 400 : 415, "invalid_request");
    }

    static Reply ended(AuthRequest request, int count) {
        ReturnTo next = next(request);
        return next == null
                ? Reply.json(200, Json.write(Map.of("ended", count)))
                : Reply.redirect(next.location()); // a form of a page without a script
    }

    private static @Nullable ReturnTo next(AuthRequest request) {
        List<String> values = values(request, "next");
        return values.size() == 1 ? ReturnTo.parse(values.get(0)) : null;
    }

    private int endOne(AuthRequest request, SessionRecord current) {
        List<String> handles = values(request, "handle");
        if (handles.size() != 1) {
            return INVALID;
        }
        int count = end(current, handles.get(0));
        return count == 0 && inCookies ? UNKNOWABLE : count;
    }

    private int endOthers(AuthRequest request, SessionRecord current) {
        if (inCookies) { // to find some and leave the rest would look as if all were over
            return UNKNOWABLE;
        }
        return sessions.of(current.owner()).stream()
                .filter(session -> !session.digest().equals(current.digest()))
                .mapToInt(session -> end(current, session.handle()))
                .sum();
    }

    private int endAll(AuthRequest request, SessionRecord current) {
        int count = Math.max(1, sessions.of(current.owner()).size());
        sessions.endAll(current.owner());
        return count;
    }

    private int end(SessionRecord current, String handle) {
        boolean done = sessions.end(current.owner(), handle);
        if (done) {
            ended.accept(handle);
        }
        return done ? 1 : 0;
    }

    static List<String> values(AuthRequest request, String name) {
        byte[] body = body(request);
        return body == null ? List.of() : UrlEncoded.values(new String(body, StandardCharsets.ISO_8859_1), name);
    }

    /** Null if it is too large, or whoever sends it went away. */
    private static byte @Nullable [] body(AuthRequest request) {
        try {
            return request.body(MAX_BODY);
        } catch (IOException tooLargeOrGone) {
            return null;
        }
    }

    private @Nullable SessionRecord who(AuthRequest request) {
        SessionRecord current = sessions.current(request);
        return current == null || current.state() == SessionRecord.State.PENDING ? null : current;
    }

    private void tell(AuthRequest request, SessionRecord current) {
        request.attribute(AuthEvent.SESSION, current.handle()); // it may be one of those that are gone
        listener.on(
                AuthEvent.of(AuthEvent.Type.SESSIONS_ENDED, clock.instant(), "", current.identity(), null, request));
    }

    static Reply error(int status, String code) {
        return Reply.json(status, Json.write(Map.of("error", code)));
    }
}
