package io.ostiary.sample;

import io.ostiary.core.Identity;
import io.ostiary.rbac.admin.RoleChange;
import io.ostiary.rbac.store.UserKey;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code /admin/users}: who is known, and what roles they were given. */
public final class UsersServlet extends SampleServlet {
    @SuppressWarnings("NullAway.Init") // set by init, before the first request
    private transient Templates templates;

    /** For the container. */
    public UsersServlet() {}

    @Override
    public void init() throws ServletException {
        try {
            templates = Templates.load(getServletContext(), List.of("users"));
        } catch (IOException e) {
            throw new ServletException("the templates cannot be read", e);
        }
    }

    @Override
    boolean reads(HttpServletRequest request) {
        return request.getMethod().equals("POST") || super.reads(request);
    }

    @Override
    void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!(request.getUserPrincipal() instanceof Identity actor)) {
            // Nobody gets here while web.xml guards this path.
            response.sendError(HttpServletResponse.SC_UNAUTHORIZED);
        } else if (!request.getMethod().equals("POST")) {
            show(request, response, actor, "");
        } else {
            change(request, response, actor);
        }
    }

    private void change(HttpServletRequest request, HttpServletResponse response, Identity actor) throws IOException {
        Office.Desk desk = Office.of(getServletContext());
        UserKey user = user(request, desk);
        if (user == null) {
            response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
            show(request, response, actor, "Nobody of that name is known here.");
            return;
        }
        if (!desk.mayChange().may(actor, "grant", user)) {
            response.setStatus(HttpServletResponse.SC_FORBIDDEN);
            show(request, response, actor, "Nobody changes their own roles.");
            return;
        }
        String[] ticked = request.getParameterValues("role");
        Set<String> roles = ticked == null ? Set.of() : new HashSet<>(List.of(ticked));
        RoleChange change = desk.admin().change(actor, user, roles);
        if (change.done()) {
            response.setStatus(HttpServletResponse.SC_SEE_OTHER);
            response.setHeader("Location", request.getContextPath() + "/admin/users");
        } else {
            response.setStatus(HttpServletResponse.SC_CONFLICT);
            show(request, response, actor, why(change));
        }
    }

    /** Only somebody who is on the page: a role for a misspelt name would wait there for whoever takes that name. */
    private static @Nullable UserKey user(HttpServletRequest request, Office.Desk desk) {
        String issuer = request.getParameter("issuer");
        String subject = request.getParameter("subject");
        return UserRows.known(desk).stream()
                .filter(user -> user.issuer().equals(issuer) && user.subject().equals(subject))
                .findFirst()
                .orElse(null);
    }

    private void show(HttpServletRequest request, HttpServletResponse response, Identity actor, String problem)
            throws IOException {
        Map<String, Object> model = Models.page(request, "Users");
        model.put("problem", problem.isEmpty() ? List.of() : List.of(problem));
        model.put("users", UserRows.of(Office.of(getServletContext()), actor));
        sendPage(response, templates.render("users", model));
    }

    private static String why(RoleChange change) {
        if (change.refusal() == null) {
            return "";
        }
        return switch (change.refusal()) {
            case NOT_ALLOWED -> "You may not change roles.";
            case UNKNOWN_ROLE -> "There is no such role.";
            case NOT_GRANTABLE -> "You may only give and take roles that you have yourself.";
            case SEPARATION -> "Nobody may have these roles together.";
            case LAST_ADMIN -> "Somebody must be left who may change roles.";
            case BUSY -> "Others are changing roles at this moment. Please try again.";
        };
    }
}
