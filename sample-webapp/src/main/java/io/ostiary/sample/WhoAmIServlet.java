package io.ostiary.sample;

import io.ostiary.core.Identity;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** {@code /<zone>/whoami}: tells a probe that the code of a zone ran, and for whom. */
public final class WhoAmIServlet extends SampleServlet {
    /** For the container. */
    public WhoAmIServlet() {}

    @Override
    void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Principal caller = request.getUserPrincipal();
        Identity identity = caller instanceof Identity known ? known : null;
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("zone", request.getServletPath().split("/", 3)[1]);
        members.put("name", caller == null ? null : caller.getName());
        members.put("scheme", identity == null ? request.getAuthType() : identity.scheme());
        members.put("roles", identity == null ? Set.of() : new TreeSet<>(identity.roles()));
        members.put("path", request.getRequestURI());
        Json.send(response, members);
    }
}
