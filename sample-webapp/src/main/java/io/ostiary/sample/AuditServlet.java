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
import java.util.List;
import java.util.Map;

/** {@code /admin/audit}: the newest hundred security events; {@code /admin/metrics}: how often what happened. */
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
            byte[] text = audit.counts().toPrometheus().getBytes(StandardCharsets.UTF_8);
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
            rows.add(Map.of(
                    "time", row.time().truncatedTo(ChronoUnit.SECONDS).toString(),
                    "event", row.event(),
                    "outcome", row.outcome(),
                    "kind", row.outcome().equals("success") ? "open" : "shut",
                    "who", row.name().isEmpty() ? "nobody" : row.name(),
                    "what", shown(row.method() + " " + row.path()),
                    "why", shown(row.reason()),
                    "address", shown(row.address()),
                    "detail", shown(row.detail()),
                    "more", Map.of("session", shown(row.session()), "requestId", shown(row.requestId()))));
        }
        return rows;
    }

    /** A template leaves out what is an empty list. */
    private static List<String> shown(String text) {
        return text.isBlank() ? List.of() : List.of(text);
    }

    private static String parameter(HttpServletRequest request, String name) {
        String value = request.getParameter(name);
        return value == null ? "" : value.strip();
    }
}
