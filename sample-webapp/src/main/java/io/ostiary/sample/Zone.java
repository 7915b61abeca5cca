package io.ostiary.sample;

import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A part of the site with a rule of its own, as the pages describe it; the rule itself is in {@code web.xml}. */
record Zone(String title, String who, String role, String about, String page, String data) {
    static final List<Zone> ALL = List.of(
            new Zone("Public", "everyone", "", "Open pages, without any filter.", "/public/", "/public/whoami"),
            new Zone("App", "signed in", "", "Your dashboard, whatever your role.", "/app/", "/app/whoami"),
            new Zone("Editor", "role editor", "editor", "For editors, and for admins.", "/editor/", "/editor/whoami"),
            new Zone("Admin", "role admin", "admin", "For admins only.", "/admin/", "/admin/whoami"),
            new Zone("Scripts", "signed in", "", "Your session as JSON; 401, never a redirect.", "", "/api/me"),
            new Zone("Services", "API key", "", "For programs; a session opens nothing.", "", "/api/v1/whoami"),
            new Zone("Signed", "signature", "", "A key alone opens nothing.", "", "/api/v1/signed/whoami"));

    /** Rows for the template; {@code access} says {@code open}, {@code shut} or nothing for each zone. */
    static List<Map<String, Object>> rows(Function<Zone, String> access) {
        return ALL.stream().map(zone -> zone.row(access.apply(zone))).toList();
    }

    private Map<String, Object> row(String access) {
        String badge = switch (access) {
            case "open" -> "open to you";
            case "shut" -> "closed to you";
            default -> who;
        };
        return Map.of(
                "title", title,
                "about", about,
                "page", page.isEmpty() ? List.of() : List.of(page),
                "data", data,
                "badge", badge,
                "badgeKind", access.isEmpty() ? "plain" : access);
    }
}
