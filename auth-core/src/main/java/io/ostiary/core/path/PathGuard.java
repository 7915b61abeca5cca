package io.ostiary.core.path;

import io.ostiary.core.Answers;
import io.ostiary.core.AuthRequest;
import io.ostiary.core.Reply;
import io.ostiary.core.UrlEncoded;
import io.ostiary.core.config.Settings;
import io.ostiary.core.spi.EdgeStep;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets only those request targets through that everybody reads alike: proxies in front, the container, the application
 * and routers inside it. Everything else is answered 400 before anything runs. The target as sent is looked at only to
 * refuse it; no decision is ever made by it. Immutable and thread-safe.
 */
public final class PathGuard implements EdgeStep {
    private static final Set<String> NEVER = Set.of("TRACE", "TRACK", "CONNECT");
    private final Set<Tolerance> tolerated;
    private final Lookalikes lookalikes;

    private PathGuard(Set<Tolerance> tolerated, Lookalikes lookalikes) {
        this.tolerated = tolerated;
        this.lookalikes = lookalikes;
    }

    /** What may be let through by the setting {@code guard.allow}. */
    public enum Tolerance {
        /** {@code ;} in the path, plain or encoded. */
        PATH_PARAMETERS,
        /** {@code %2F}. */
        ENCODED_SLASH,
        /** {@code %25}. */
        ENCODED_PERCENT,
        /** {@code //}. */
        EMPTY_SEGMENTS,
        /** A path that differs from a guarded one only in case, width or blanks. */
        LOOKALIKES,
        /** A target that was rewritten after it was sent. */
        REWRITTEN
    }

    private enum Mode {
        STRICT,
        OFF
    }

    /**
     * Reads the settings {@code path} ({@code strict}, the default, or {@code off}) and {@code allow}.
     *
     * @param section the settings of the guard
     * @param guarded url-patterns of what is protected: paths, {@code /prefix/*} or {@code *.suffix}
     * @return null if it is off
     * @throws io.ostiary.core.config.ConfigurationException if a setting is wrong
     */
    public static @Nullable PathGuard from(Settings section, List<String> guarded) {
        Mode mode = section.oneOf("path", Mode.class, Mode.STRICT);
        Set<String> names = new LinkedHashSet<>();
        for (Tolerance tolerance : Tolerance.values()) {
            names.add(name(tolerance));
        }
        Set<Tolerance> tolerated = EnumSet.noneOf(Tolerance.class);
        for (String name : section.setOf("allow", names, Set.of())) {
            tolerated.add(Tolerance.valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_')));
        }
        if (mode == Mode.OFF && !tolerated.isEmpty()) {
            throw section.problem("allow", "stands beside 'path' set to off; allowed: one of the two");
        }
        return mode == Mode.OFF ? null : of(tolerated, guarded);
    }

    /**
     * Makes a guard.
     *
     * @param tolerated what it lets through
     * @param guarded url-patterns of what is protected
     * @return a guard
     */
    public static PathGuard of(Set<Tolerance> tolerated, List<String> guarded) {
        return new PathGuard(Set.copyOf(tolerated), new Lookalikes(guarded));
    }

    @Override
    public @Nullable Reply before(AuthRequest request, Answer answer) {
        if (NEVER.contains(request.method())) {
            return Reply.empty(405).withHeader("Allow", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
        }
        String problem = problem(request);
        return problem == null
                ? null
                : Answers.refuse(
                        request,
                        400,
                        new Answers.Refusal(
                                "ambiguous-path",
                                "Bad Request",
                                "The address is written in a way that can be read differently. Please check it.",
                                "",
                                "",
                                problem));
    }

    /**
     * Says what is wrong with a request's target.
     *
     * @param request the request
     * @return null if everybody reads it alike, else a few fixed words
     */
    public @Nullable String problem(AuthRequest request) {
        String path;
        String raw;
        String context;
        try {
            path = request.path();
            raw = request.rawPath();
            context = request.contextPath();
        } catch (RuntimeException ambiguous) { // a container that was told to accept what it cannot name
            return "has no one meaning";
        }
        if (request.headers("Host").size() > 1) { // RFC 9112 section 3.2, which not every container holds
            return "names more than one host";
        }
        boolean plain = RawTarget.plain(raw);
        String wrong = plain ? null : RawTarget.problem(raw, tolerated);
        if (wrong == null) {
            wrong = segments(raw) ? null : "has an empty segment or one of dots";
        }
        if (wrong == null && !tolerated.contains(Tolerance.REWRITTEN)) {
            wrong = agree(raw, plain, context, path) ? null : "is not what the container matched";
        }
        if (wrong == null && !tolerated.contains(Tolerance.LOOKALIKES) && lookalikes.imitates(path)) {
            wrong = "looks like a guarded path";
        }
        return wrong;
    }

    private boolean segments(String raw) {
        return RawTarget.segmentsAreNamed(raw, tolerated.contains(Tolerance.EMPTY_SEGMENTS));
    }

    /**
     * Whether the container matched what was sent. A folder's welcome file, which some containers match at once, is the
     * container's own addition.
     */
    private boolean agree(String raw, boolean plain, String context, String path) {
        if (plain && raw.length() == context.length() + path.length()) {
            return raw.startsWith(context) && raw.endsWith(path);
        }
        if (tolerated.contains(Tolerance.PATH_PARAMETERS) && raw.indexOf(';') >= 0
                || tolerated.contains(Tolerance.EMPTY_SEGMENTS) && raw.contains("//")
                || tolerated.contains(Tolerance.ENCODED_SLASH)
                        && raw.toLowerCase(Locale.ROOT).contains("%2f")
                || tolerated.contains(Tolerance.ENCODED_PERCENT) && raw.contains("%25")) {
            return true; // containers differ here, and the operator chose to live with it
        }
        String sent = plain ? raw : UrlEncoded.decodedPath(raw);
        String matched = context + path;
        return sent != null
                && (sent.equals(matched)
                        || sent.equals(context) && path.equals("/")
                        || sent.endsWith("/") && matched.startsWith(sent));
    }

    private static String name(Tolerance tolerance) {
        return tolerance.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public String toString() {
        return tolerated.isEmpty() ? "strict" : "strict, but allows " + tolerated;
    }
}
