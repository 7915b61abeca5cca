package io.ostiary.sample;

import io.ostiary.core.Identity;
import io.ostiary.rbac.rules.Explanation;
import io.ostiary.servlet.RouteMap;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code /admin/explain} and {@code /admin/routes}: why a request would be refused, and what covers what. */
public final class ExplainServlet extends SampleServlet {
    private static final int LONGEST = 2_000;

    @SuppressWarnings("NullAway.Init") // set by init, before the first request
    private transient Templates templates;

    /** For the container. */
    public ExplainServlet() {}

    @Override
    public void init() throws ServletException {
        try {
            templates = Templates.load(getServletContext(), List.of("explain", "routes"));
        } catch (IOException e) {
            throw new ServletException("the templates cannot be read", e);
        }
    }

    @Override
    void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        RouteMap map = RouteMap.of(getServletContext());
        if (request.getServletPath().equals("/admin/routes")) {
            Map<String, Object> model = Models.page(request, "Routes");
            model.put("routes", map.routes().stream().map(ExplainServlet::row).toList());
            sendPage(response, templates.render("routes", model));
        } else {
            sendPage(response, templates.render("explain", explained(request, map)));
        }
    }

    private Map<String, Object> explained(HttpServletRequest request, RouteMap map) {
        Map<String, Object> model = Models.page(request, "Explain");
        String method = text(request, "method", "GET");
        String path = text(request, "path", "");
        String who = text(request, "who", "");
        String roles = text(request, "roles", "");
        model.put("method", method);
        model.put("path", path);
        model.put("who", who);
        model.put("roles", roles);
        Explanation found = path.isEmpty() ? null : map.explain(method, path, identity(who, roles));
        model.put("found", found == null ? List.of() : List.of(found(found)));
        return model;
    }

    private static Map<String, Object> found(Explanation found) {
        return Map.of(
                "verdict", found.verdict().toString(),
                "by", found.decidedBy() == null ? List.of() : List.of(found.decidedBy()),
                "steps", String.join("\n", found.steps()));
    }

    /** Nobody if neither a name nor roles are given; else as the engine would see somebody who signed in. */
    private @Nullable Identity identity(String who, String roles) {
        if (who.isEmpty() && roles.isEmpty()) {
            return null;
        }
        Office.Desk desk = Office.of(getServletContext());
        Identity known = desk.people().with(List.of()).stream()
                .filter(user -> user.subject().equals(who))
                .findFirst()
                .map(desk.people()::lastSeen)
                .orElse(null);
        String issuer = known == null ? "explain" : known.issuer();
        Set<String> brought = Arrays.stream(roles.split("[\\s,]+"))
                .filter(role -> !role.isEmpty())
                .collect(Collectors.toSet());
        Identity bare = Identity.of("session", issuer, who.isEmpty() ? "somebody" : who, Instant.EPOCH);
        return desk.rbac().enricher().enrich(bare.plusRoles(brought));
    }

    private static Map<String, Object> row(RouteMap.Route route) {
        return Map.of(
                "pattern", route.pattern().isEmpty() ? "(the root)" : route.pattern(),
                "servlet", route.servlet(),
                "open", route.open(),
                "covers",
                        route.covers().stream()
                                .map(cover -> cover.filter()
                                        + (cover.whole() ? ": " : " (only " + cover.pattern() + "): ")
                                        + cover.policy())
                                .toList());
    }

    private static String text(HttpServletRequest request, String name, String fallback) {
        String value = request.getParameter(name);
        if (value == null || value.isBlank()) {
            return fallback;
        }
        String stripped = value.strip();
        return stripped.substring(0, Math.min(LONGEST, stripped.length()));
    }
}
