package io.ostiary.sample;

import io.ostiary.core.audit.Audit;
import io.ostiary.core.audit.AuditRecord;
import io.ostiary.servlet.OstiaryListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code /admin/audit}: the newest hundred security events; {@code /admin/metrics}: how often what happened, and how long it took. */
public final class AuditServlet extends SampleServlet {
    private static final int MOST = 100;

    @SuppressWarnings("NullAway.Init") // set by init, before the first request
    private transient Templates templates;

    /** For the container. */
    public AuditServlet() {}

    @Override
    public void init() throws ServletException {
        try {
            templates = Templates.load(getServletContext(), List.of("audit"));
        } catch (IOException e) {
            throw new ServletException("the templates cannot be read", e);
        }
    }

    @Override
    void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Audit audit = OstiaryListener.audit(getServletContext());
        if (request.getServletPath().endsWith("/metrics")) {
            byte[] text =
                    (audit.counts().toPrometheus() + Timers.text(getServletContext())).getBytes(StandardCharsets.UTF_8);
            send(response, "text/plain; version=0.0.4; charset=utf-8", text);
            return;
        }
        String event = parameter(request, "event");
        String user = parameter(request, "user");
        String outcome = parameter(request, "outcome");
        Map<String, Object> model = Models.page(request, "Audit");
        model.put("event", event);
        model.put("user", user);
        model.put("outcome", outcome);
        List<AuditRecord> rows = audit.recent().find(event, user, outcome, MOST);
        model.put("rows", rows(rows));
        model.put("none", rows.isEmpty());
        sendPage(response, templates.render("audit", model));
    }

    private static List<Map<String, Object>> rows(List<AuditRecord> found) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (AuditRecord row : found) {
            Map<String, Object> shown = new HashMap<>();
            shown.put("time", row.time().truncatedTo(ChronoUnit.SECONDS).toString());
            shown.put("event", row.event());
            shown.put("outcome", row.outcome());
            shown.put("kind", row.outcome().equals("success") ? "open" : "shut");
            shown.put("who", who(row));
            shown.put("address", optional(row.address()));
            shown.put("what", optional((row.method() + " " + row.path()).strip()));
            shown.put("why", optional(row.reason()));
            shown.put("detail", optional(row.detail()));
            shown.put("session", optional(row.session()));
            shown.put("request", optional(row.requestId()));
            shown.put("id", optional(row.id()));
            shown.put("traced", !(row.session() + row.requestId() + row.id()).isEmpty());
            rows.add(shown);
        }
        return rows;
    }

    /** What no request caused, the kit did itself. */
    private static String who(AuditRecord row) {
        if (row.name().isEmpty()) {
            return row.method().isEmpty() ? "the kit" : "nobody";
        }
        return row.name();
    }

    /** A section of the page that is left out for an empty text. */
    private static List<String> optional(String text) {
        return text.isEmpty() ? List.of() : List.of(text);
    }

    private static String parameter(HttpServletRequest request, String name) {
        String value = request.getParameter(name);
        return value == null ? "" : value.strip();
    }
}
