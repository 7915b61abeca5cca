package io.ostiary.core.cors;

import io.ostiary.core.Answers;
import io.ostiary.core.AuthRequest;
import io.ostiary.core.Origins;
import io.ostiary.core.Reply;
import io.ostiary.core.config.Settings;
import io.ostiary.core.spi.EdgeStep;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Tells browsers which pages of other origins may call this application (Fetch standard, CORS protocol). Origins are
 * compared exactly; {@code null} is nobody's. A preflight is answered here, the application never sees one. Immutable and
 * thread-safe.
 */
public final class Cors implements EdgeStep {
    private static final String ANY = "*";
    private static final String METHOD = "[A-Z]{1,20}";
    private static final String FIELD = "[A-Za-z0-9-]{1,64}";
    private final Set<String> origins;
    private final boolean credentials;
    private final Set<String> methods;
    private final Set<String> headers;
    private final String exposed;
    private final long maxAge;

    private Cors(
            Set<String> origins,
            boolean credentials,
            Set<String> methods,
            Set<String> headers,
            String exposed,
            Duration maxAge) {
        this.origins = Set.copyOf(origins);
        this.credentials = credentials;
        this.methods = new TreeSet<>(methods);
        this.headers = new TreeSet<>(headers);
        this.exposed = exposed;
        this.maxAge = maxAge.toSeconds();
    }

    /**
     * Reads the settings {@code origins}, {@code credentials}, {@code methods}, {@code headers}, {@code expose-headers},
     * {@code max-age}.
     *
     * @param section the settings of CORS
     * @return null if no origins are set
     * @throws io.ostiary.core.config.ConfigurationException if a setting is wrong
     */
    public static @Nullable Cors from(Settings section) {
        Set<String> origins = section.set("origins", Set.of());
        boolean credentials = section.flag("credentials", false);
        Set<String> methods = section.set("methods", Set.of("GET", "HEAD", "POST"));
        Set<String> headers = section.set("headers", Set.of());
        Set<String> expose = section.set("expose-headers", Set.of());
        Duration maxAge =
                section.duration("max-age", Duration.ofMinutes(10), Duration.ofSeconds(1), Duration.ofHours(24));
        if (origins.isEmpty()) {
            for (String key : List.of("credentials", "methods", "headers", "expose-headers", "max-age")) {
                if (section.has(key)) {
                    throw section.problem(key, "is set, but 'origins' is not; allowed: both or neither");
                }
            }
            return null;
        }
        for (String origin : new TreeSet<>(origins)) {
            check(section, origins, origin, credentials);
        }
        names(section, "methods", methods, METHOD, "method names in capital letters, comma separated");
        names(section, "headers", headers, FIELD, "header names, comma separated");
        names(section, "expose-headers", expose, FIELD, "header names, comma separated");
        Set<String> small = new TreeSet<>();
        headers.forEach(name -> small.add(name.toLowerCase(Locale.ROOT)));
        return new Cors(origins, credentials, methods, small, String.join(", ", new TreeSet<>(expose)), maxAge);
    }

    private static void check(Settings section, Set<String> origins, String origin, boolean credentials) {
        if (origin.equals(ANY)) {
            if (credentials) {
                throw section.problem(
                        "origins",
                        "is '*' while 'credentials' is true; allowed: exact origins, because cookies go with them");
            }
            if (origins.size() > 1) {
                throw section.problem("origins", "has '*' beside others; allowed: '*' alone, or exact origins");
            }
        } else if (!Origins.isOrigin(origin)) {
            throw section.problem(
                    "origins", "has '" + origin + "'; allowed: " + Origins.ALLOWED + ", comma separated, or '*' alone");
        }
    }

    private static void names(Settings section, String key, Set<String> names, String pattern, String allowed) {
        for (String name : new TreeSet<>(names)) {
            if (!name.matches(pattern)) {
                throw section.problem(key, "has '" + name + "'; allowed: " + allowed);
            }
        }
    }

    /**
     * Returns whose pages may call with cookies.
     *
     * @return origins; empty unless credentials are allowed
     */
    public Set<String> withCookies() {
        return credentials ? origins : Set.of();
    }

    @Override
    public @Nullable Reply before(AuthRequest request, Answer answer) {
        List<String> sent = request.headers("Origin");
        String asked = request.header("Access-Control-Request-Method");
        boolean preflight = request.method().equals("OPTIONS") && !sent.isEmpty() && asked != null;
        boolean anyOrigin = origins.contains(ANY);
        if (!anyOrigin) {
            answer.add("Vary", "Origin");
        }
        boolean allowed = sent.size() == 1 && (anyOrigin ? !sent.get(0).equals("null") : origins.contains(sent.get(0)));
        if (!allowed) {
            return preflight ? refused(request) : null;
        }
        if (preflight && !(methods.contains(asked) && headersAllowed(request))) {
            return refused(request);
        }
        answer.set("Access-Control-Allow-Origin", anyOrigin ? ANY : sent.get(0));
        if (credentials) {
            answer.set("Access-Control-Allow-Credentials", "true");
        }
        if (preflight) {
            answer.set("Access-Control-Allow-Methods", String.join(", ", methods));
            if (!headers.isEmpty()) {
                answer.set("Access-Control-Allow-Headers", String.join(", ", headers));
            }
            answer.set("Access-Control-Max-Age", Long.toString(maxAge));
            return Reply.empty(204);
        }
        if (!exposed.isEmpty()) {
            answer.set("Access-Control-Expose-Headers", exposed);
        }
        return null;
    }

    private boolean headersAllowed(AuthRequest request) {
        for (String line : request.headers("Access-Control-Request-Headers")) {
            for (String name : line.split(",", -1)) {
                if (!headers.contains(name.strip().toLowerCase(Locale.ROOT))) {
                    return false;
                }
            }
        }
        return true;
    }

    private static Reply refused(AuthRequest request) {
        return Answers.refuse(
                request,
                403,
                new Answers.Refusal(
                        "cross-origin", "Forbidden", "This page may not be called from there.", "", "", "preflight"));
    }

    @Override
    public String toString() {
        return String.join(", ", new TreeSet<>(origins)) + (credentials ? " with cookies" : "");
    }
}
