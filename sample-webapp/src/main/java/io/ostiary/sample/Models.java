package io.ostiary.sample;

import io.ostiary.core.Identity;
import io.ostiary.core.csrf.CsrfToken;
import io.ostiary.rbac.Rbac;
import io.ostiary.servlet.OstiaryListener;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What the templates show. */
final class Models {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "d MMMM yyyy, HH:mm:ss 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private Models() {}

    /** What every page needs. */
    static Map<String, Object> page(HttpServletRequest request, String title) {
        String context = request.getContextPath();
        Principal caller = request.getUserPrincipal();
        Map<String, Object> model = new HashMap<>();
        model.put("title", title);
        model.put("ctx", context);
        model.put("ctxParam", URLEncoder.encode(context, StandardCharsets.UTF_8));
        model.put("signedIn", caller != null);
        model.put("name", caller == null ? "" : caller.getName());
        model.put("onDashboard", false);
        model.put("htmx", false);
        model.put("csrf", csrf(request));
        return model;
    }

    /** What forms and scripts must send where {@code csrf.mode} is token; nothing otherwise. */
    private static List<Map<String, String>> csrf(HttpServletRequest request) {
        return request.getAttribute("ostiaryCsrf") instanceof CsrfToken token
                ? List.of(Map.of(
                        "token", token.getToken(), "parameter", token.getParameter(), "header", token.getHeader()))
                : List.of();
    }

    static Map<String, Object> home(HttpServletRequest request) {
        Map<String, Object> model = page(request, "Ostiary");
        String base = OstiaryListener.baseUrl(request); // never what the headers of the request say
        model.put("base", base == null ? "" : base);
        model.put("zones", Zone.rows(zone -> ""));
        model.put(
                "roles",
                request.getUserPrincipal() instanceof Identity identity ? new TreeSet<>(identity.roles()) : Set.of());
        String issuer = request.getServletContext().getInitParameter("ostiary.bearer.from.dev.issuer");
        model.put("foreign", issuer == null ? List.of() : List.of(issuer)); // only the launcher knows one
        return model;
    }

    static Map<String, Object> dashboard(HttpServletRequest request, Identity identity) {
        Map<String, Object> model = page(request, "Dashboard");
        Map<String, String> attributes = new TreeMap<>(identity.attributes());
        model.put("onDashboard", true);
        model.put("initial", initial(identity.name()));
        model.put("email", attributes.getOrDefault("email", "no e-mail address known"));
        model.put("hasRoles", !identity.roles().isEmpty());
        model.put("roles", new TreeSet<>(identity.roles()));
        model.put("provider", attributes.getOrDefault("provider", identity.issuer()));
        model.put("scheme", identity.scheme());
        model.put("amr", listed(identity.amr(), "not told by the provider"));
        model.put("authTime", identity.authTime().toString());
        model.put("authTimeText", TIME.format(identity.authTime()));
        model.put("issuer", identity.issuer());
        model.put("subject", identity.subject());
        model.put("permissions", listed(identity.permissions(), "none"));
        model.put("attributes", pairs(attributes));
        model.put(
                "mayGrant",
                OstiaryListener.rbac(request.getServletContext()).permissions().holds(identity, Rbac.GRANT_PERMISSION));
        model.put("zones", Zone.rows(zone -> access(request, zone)));
        return model;
    }

    private static String access(HttpServletRequest request, Zone zone) {
        if (zone.role().isEmpty()) {
            return "";
        }
        return request.isUserInRole(zone.role()) ? "open" : "shut";
    }

    private static List<Map<String, String>> pairs(Map<String, String> attributes) {
        return attributes.entrySet().stream()
                .map(entry -> Map.of("key", entry.getKey(), "value", entry.getValue()))
                .toList();
    }

    private static String listed(Set<String> words, String ifNone) {
        return words.isEmpty() ? ifNone : String.join(", ", new TreeSet<>(words));
    }

    private static String initial(String name) {
        String trimmed = name.strip();
        return trimmed.substring(0, trimmed.offsetByCodePoints(0, 1)).toUpperCase(Locale.ROOT);
    }
}
