package io.ostiary.sample;

import io.ostiary.sample.Guests.Guest;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code /app/guests}: a list for everybody who is signed in; {@code /editor/guests}: what its buttons ask for, as pieces
 * of HTML. Checks neither roles nor tokens: {@code web.xml} and the kit do.
 */
public final class GuestsServlet extends SampleServlet {
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "DELETE");
    private static final Pattern ONE = Pattern.compile("/([1-9][0-9]{0,8})(/edit|/arrived)?");
    private final transient Guests guests = new Guests();

    @SuppressWarnings("NullAway.Init") // set by init, before the first request
    private transient Templates templates;

    /** For the container. */
    public GuestsServlet() {}

    @Override
    public void init() throws ServletException {
        try {
            templates = Templates.load(getServletContext(), List.of("guests", "guest-row", "guest-edit"));
        } catch (IOException e) {
            throw new ServletException("the templates cannot be read", e);
        }
    }

    @Override
    boolean reads(HttpServletRequest request) {
        return METHODS.contains(request.getMethod());
    }

    @Override
    void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        boolean reading = super.reads(request);
        if (request.getServletPath().startsWith("/app/")) {
            if (reading) {
                page(request, response);
            } else {
                response.sendError(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
            }
            return;
        }
        String info = request.getPathInfo();
        if (info == null) {
            if (request.getMethod().equals("POST")) {
                add(request, response);
            } else {
                response.sendError(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
            }
            return;
        }
        Matcher one = ONE.matcher(info);
        if (!one.matches()) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        String what = one.group(2) == null ? "" : one.group(2);
        one(Integer.parseInt(one.group(1)), request.getMethod() + what, request, response);
    }

    private void page(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Map<String, Object> model = Models.page(request, "Guest list");
        model.put("htmx", true);
        model.put("mayEdit", request.isUserInRole("editor"));
        model.put(
                "guests",
                guests.list().stream().map(guest -> row(request, guest)).toList());
        sendPage(response, templates.render("guests", model));
    }

    private void add(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String name = request.getParameter("name");
        if (name == null || !Guests.isName(name)) {
            response.sendError(HttpServletResponse.SC_BAD_REQUEST);
            return;
        }
        show(guests.add(name.strip()), HttpServletResponse.SC_CONFLICT, "guest-row", request, response);
    }

    private void one(int id, String what, HttpServletRequest request, HttpServletResponse response) throws IOException {
        String name = request.getParameter("name");
        switch (what) {
            case "GET", "HEAD" -> show(guests.find(id), "guest-row", request, response);
            case "GET/edit", "HEAD/edit" -> show(guests.find(id), "guest-edit", request, response);
            case "POST/arrived" -> show(guests.toggle(id), "guest-row", request, response);
            case "POST" -> {
                if (name == null || !Guests.isName(name)) {
                    response.sendError(HttpServletResponse.SC_BAD_REQUEST);
                } else {
                    show(guests.rename(id, name.strip()), "guest-row", request, response);
                }
            }
            case "DELETE" -> {
                if (guests.remove(id) == null) {
                    response.sendError(HttpServletResponse.SC_NOT_FOUND);
                } else {
                    sendPage(response, ""); // nothing takes the place of the row
                }
            }
            default -> response.sendError(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
        }
    }

    private void show(@Nullable Guest guest, String template, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        show(guest, HttpServletResponse.SC_NOT_FOUND, template, request, response);
    }

    private void show(
            @Nullable Guest guest,
            int ifNone,
            String template,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        if (guest == null) {
            response.sendError(ifNone);
        } else {
            sendPage(response, templates.render(template, row(request, guest)));
        }
    }

    private static Map<String, Object> row(HttpServletRequest request, Guest guest) {
        Map<String, Object> row = new HashMap<>();
        row.put("ctx", request.getContextPath());
        row.put("id", guest.id());
        row.put("guest", guest.name());
        row.put("state", guest.arrived() ? "arrived" : "expected");
        row.put("kind", guest.arrived() ? "open" : "plain");
        row.put("toggle", guest.arrived() ? "Not here yet" : "Has arrived");
        row.put("mayEdit", request.isUserInRole("editor"));
        return row;
    }
}
