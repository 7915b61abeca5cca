package io.ostiary.sample;

import io.ostiary.core.Identity;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** The start page, and the page of each zone. */
public final class PageServlet extends SampleServlet {
    @SuppressWarnings("NullAway.Init") // set by init, before the first request
    private transient Templates templates;

    /** For the container. */
    public PageServlet() {}

    @Override
    public void init() throws ServletException {
        try {
            templates = Templates.load(
                    getServletContext(),
                    List.of(
                            "home",
                            "public",
                            "app",
                            "editor",
                            "admin",
                            "sessions",
                            "tokens",
                            "client",
                            "keys",
                            "admin-keys"));
        } catch (IOException e) {
            throw new ServletException("the templates cannot be read", e);
        }
    }

    @Override
    void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = request.getServletPath();
        if (path.isEmpty()) {
            sendPage(response, templates.render("home", Models.home(request)));
        } else if (path.endsWith("/")) {
            zone(path.substring(1, path.length() - 1), request, response);
        } else {
            response.sendRedirect(request.getContextPath() + path + "/");
        }
    }

    private void zone(String zone, HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (zone.startsWith("app/")) {
            String name = zone.substring("app/".length());
            sendPage(response, templates.render(name, Models.home(request)));
        } else if (zone.equals("admin/keys")) {
            sendPage(response, templates.render("admin-keys", Models.home(request)));
        } else if (!zone.equals("app")) {
            String title = zone.substring(0, 1).toUpperCase(Locale.ROOT) + zone.substring(1);
            sendPage(response, templates.render(zone, Models.page(request, title)));
        } else if (request.getUserPrincipal() instanceof Identity identity) {
            sendPage(response, templates.render("app", Models.dashboard(request, identity)));
        } else {
            // Nobody gets here while web.xml guards this path.
            response.sendError(HttpServletResponse.SC_UNAUTHORIZED);
        }
    }
}
