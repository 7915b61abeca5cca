package io.ostiary.core;

import io.ostiary.core.page.Pages;
import io.ostiary.core.page.PartialResponse;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * How do we answer: turns a decision that is not {@link Decision.Allow} into a reply, by kind of caller. People get a
 * redirect to the login page or an HTML page, programs get problem details (RFC 9457), the scripts of
 * HTMX and Jakarta Faces get redirects of their own kind. Bodies are fixed words and an opaque id. Thread-safe.
 */
public final class Answers {
    private static final String PROBLEM_TYPE = "urn:ostiary:problem:";
    private static final System.Logger LOG = System.getLogger(Answers.class.getName());
    private static final String PROBLEM = "application/problem+json";
    private static final int MAX_PREPARED = 64;
    private final String loginPath;
    private final Map<List<String>, Reply> prepared = new ConcurrentHashMap<>();

    /**
     * Sends people to a login page.
     *
     * @param loginPath path inside the application, begins with a slash, percent-encoded
     */
    public Answers(String loginPath) {
        this.loginPath = loginPath;
    }

    private enum Caller {
        PERSON,
        HTMX,
        FACES,
        PROGRAM
    }

    /**
     * Answers.
     *
     * @param decision not {@link Decision.Allow}
     * @param request the request that was decided
     * @param mode for whom the mapping answers
     * @return the whole answer
     * @throws IllegalArgumentException if the decision is to allow
     */
    public Reply of(Decision decision, AuthRequest request, AnswerMode mode) {
        Caller caller = caller(request, mode);
        if (decision instanceof Decision.Challenged challenged) {
            return challenge(challenged.challenge(), request, caller);
        }
        if (decision instanceof Decision.Forbidden forbidden) {
            return caller == Caller.PERSON
                    ? Pages.message(
                            403,
                            "Access denied",
                            "You do not have permission to open this page.",
                            "Go to the start page",
                            request.encodedContextPath() + "/",
                            forbidden.id())
                    : problem(403, "forbidden", "Forbidden", forbidden.id());
        }
        if (decision instanceof Decision.Limited limited) {
            return Limited.reply(request, limited.retryAfter());
        }
        if (decision instanceof Decision.Unavailable unavailable) {
            Reply reply = caller == Caller.PERSON
                    ? Pages.message(
                            503,
                            "Please try again",
                            "Something that is needed to let you in does not answer at the moment.",
                            "",
                            "",
                            unavailable.id())
                    : problem(503, "unavailable", "Service Unavailable", unavailable.id());
            return reply.withHeader(
                    "Retry-After", Long.toString(unavailable.retryAfter().toSeconds()));
        }
        throw new IllegalArgumentException("an allowed request is not answered here");
    }

    /**
     * Answers a request that was refused before anybody asked who sent it.
     *
     * @param request the request
     * @param status HTTP status
     * @param refusal what people and programs are told, in fixed words
     * @return a page or problem details, by kind of caller
     */
    public static Reply refuse(AuthRequest request, int status, Refusal refusal) {
        LOG.log(System.Logger.Level.DEBUG, "{0}: {1}", refusal.type(), refusal.detail());
        boolean person = caller(request, AnswerMode.AUTO) == Caller.PERSON;
        return person
                ? Pages.message(status, refusal.title(), refusal.sentence(), refusal.linkLabel(), refusal.href(), "")
                : problem(status, refusal.type(), refusal.title(), "");
    }

    /**
     * The words of a refusal.
     *
     * @param type last part of the problem type
     * @param title a few words
     * @param sentence for people, what it means and what to do
     * @param linkLabel what to do next; empty for nothing
     * @param href where that leads, percent-encoded
     * @param detail for the log only; fixed words as well
     */
    public record Refusal(String type, String title, String sentence, String linkLabel, String href, String detail) {}

    /**
     * Makes problem details (RFC 9457).
     *
     * @param status HTTP status
     * @param type last part of the type URI {@code urn:ostiary:problem:...}
     * @param title fixed words
     * @param id opaque id of this occurrence; letters and digits; empty for none
     * @return a reply
     */
    public static Reply problem(int status, String type, String title, String id) {
        return Reply.text(status, PROBLEM, problemText(status, type, title, id));
    }

    private static String problemText(int status, String type, String title, String id) {
        boolean known = !id.isEmpty();
        return "{\"type\":\"" + PROBLEM_TYPE + type + "\",\"title\":\"" + title + "\",\"status\":" + status
                + (known ? ",\"instance\":\"urn:ostiary:incident:" : "") + id + (known ? "\"}" : "}");
    }

    /**
     * Returns where people log in and come back from.
     *
     * @param request a request of the application
     * @param next where to go after the login; null for the default page
     * @param expired whether to say that the session is over
     * @return an absolute path, percent-encoded
     */
    public String loginLocation(AuthRequest request, @Nullable ReturnTo next, boolean expired) {
        return loginLocation(request, next, expired ? "expired" : "");
    }

    private String loginLocation(AuthRequest request, @Nullable ReturnTo next, String why) {
        StringBuilder location = new StringBuilder(request.encodedContextPath()).append(loginPath);
        char separator = '?';
        if (next != null) {
            location.append(separator).append("next=").append(UrlEncoded.encode(next.location()));
            separator = '&';
        }
        return why.isEmpty()
                ? location.toString()
                : location.append(separator).append("reason=").append(why).toString();
    }

    private static String why(@Nullable FailureReason reason) {
        if (reason == FailureReason.STEP_UP_REQUIRED) {
            return "step-up";
        }
        return reason == FailureReason.SESSION_EXPIRED ? "expired" : "";
    }

    /** RFC 6750 section 3 and RFC 9470 section 3; the same words for every cause, and none if no token was sent. */
    private static String bearerError(String challenge, @Nullable FailureReason reason, AuthRequest request) {
        if (!challenge.startsWith("Bearer ") || reason == null || reason == FailureReason.SESSION_EXPIRED) {
            return "";
        }
        if (reason == FailureReason.STEP_UP_REQUIRED) {
            return ", error=\"insufficient_user_authentication\"";
        }
        return request.headers("Authorization").isEmpty() ? "" : ", error=\"invalid_token\"";
    }

    private Reply challenge(Challenge challenge, AuthRequest request, Caller caller) {
        String why = why(challenge.reason());
        if (caller == Caller.PERSON) {
            return Reply.redirect(loginLocation(request, ReturnTo.of(request), why));
        }
        if (caller == Caller.FACES) {
            return PartialResponse.redirect(loginLocation(request, page(request.header("Referer")), why));
        }
        Reply reply = challenge.reason() == null && challenge.id().isEmpty()
                ? prepared(challenge.wwwAuthenticate())
                : unauthorized(how(challenge, request), challenge.id());
        return caller == Caller.HTMX
                ? reply.withHeader("HX-Redirect", loginLocation(request, page(request.header("HX-Current-URL")), why))
                : reply;
    }

    /** Who brought no credential gets the same answer each time; there are as many as sets of schemes. */
    private Reply prepared(List<String> challenges) {
        Reply known = prepared.get(challenges);
        if (known != null) {
            return known;
        }
        Reply reply = unauthorized(headers(challenges), "");
        if (prepared.size() < MAX_PREPARED) {
            prepared.put(challenges, reply);
        }
        return reply;
    }

    private static Reply unauthorized(List<Reply.Header> headers, String id) {
        String body = problemText(401, "authentication-required", "Unauthorized", id);
        return new Reply(401, headers, List.of(), body, Reply.Effect.NONE);
    }

    private static List<Reply.Header> how(Challenge challenge, AuthRequest request) {
        return headers(challenge.wwwAuthenticate().stream()
                .map(value -> value + bearerError(value, challenge.reason(), request))
                .toList());
    }

    private static List<Reply.Header> headers(List<String> challenges) {
        return Reply.text(401, PROBLEM, "")
                .withHeaders("WWW-Authenticate", challenges)
                .headers();
    }

    /** The page that a script says it runs in; only its path counts, so it cannot lead to another site. */
    private static @Nullable ReturnTo page(@Nullable String current) {
        try {
            URI uri = current == null ? null : URI.create(current);
            if (uri == null || uri.getRawPath() == null) {
                return null;
            }
            return ReturnTo.parse(
                    uri.getRawQuery() == null ? uri.getRawPath() : uri.getRawPath() + '?' + uri.getRawQuery());
        } catch (IllegalArgumentException notAUrl) {
            return null;
        }
    }

    private static Caller caller(AuthRequest request, AnswerMode mode) {
        if (mode == AnswerMode.API) {
            return Caller.PROGRAM;
        }
        String fetchMode = request.header("Sec-Fetch-Mode");
        if ("navigate".equals(fetchMode)) {
            return Caller.PERSON;
        }
        if ("true".equals(request.header("HX-Request"))) {
            return Caller.HTMX;
        }
        if ("partial/ajax".equals(request.header("Faces-Request"))) {
            return Caller.FACES;
        }
        if (mode == AnswerMode.BROWSER) {
            return Caller.PERSON;
        }
        boolean script = fetchMode != null || "XMLHttpRequest".equals(request.header("X-Requested-With"));
        return !script && acceptsHtml(request.headers("Accept")) ? Caller.PERSON : Caller.PROGRAM;
    }

    private static boolean acceptsHtml(List<String> accept) {
        for (String line : accept) {
            String lower = line.toLowerCase(Locale.ROOT);
            if (!lower.contains("html")) {
                continue;
            }
            for (String range : lower.split(",", -1)) {
                String[] parts = range.split(";", 2);
                String type = parts[0].strip();
                boolean refused = parts.length == 2 && parts[1].replace(" ", "").matches(".*\\bq=0(\\.0*)?(;.*)?");
                if (!refused && (type.equals("text/html") || type.equals("application/xhtml+xml"))) {
                    return true;
                }
            }
        }
        return false;
    }
}
