package io.ostiary.sample;

import io.ostiary.core.Identity;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;

/** {@code /api/me}: the signed-in person as data. */
public final class MeServlet extends SampleServlet {
    /** For the container. */
    public MeServlet() {}

    @Override
    void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.getUserPrincipal() instanceof Identity identity) {
            Json.send(response, members(identity));
        } else {
            // Nobody gets here while web.xml guards this path.
            response.sendError(HttpServletResponse.SC_UNAUTHORIZED);
        }
    }

    private static Map<String, Object> members(Identity identity) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("name", identity.name());
        members.put("email", identity.attributes().get("email"));
        members.put("issuer", identity.issuer());
        members.put("subject", identity.subject());
        members.put("scheme", identity.scheme());
        members.put("roles", new TreeSet<>(identity.roles()));
        members.put("permissions", new TreeSet<>(identity.permissions()));
        members.put("amr", new TreeSet<>(identity.amr()));
        members.put("authTime", identity.authTime().toString());
        return members;
    }
}
