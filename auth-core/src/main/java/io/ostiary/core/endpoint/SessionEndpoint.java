package io.ostiary.core.endpoint;

import io.ostiary.core.AuthEngine;
import io.ostiary.core.AuthOutcome;
import io.ostiary.core.AuthRequest;
import io.ostiary.core.Identity;
import io.ostiary.core.Reply;
import io.ostiary.core.json.Json;
import io.ostiary.core.spi.Endpoint;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tells a page's script who is logged in, without demanding anybody. */
final class SessionEndpoint implements Endpoint {
    private final AuthEngine engine;

    SessionEndpoint(AuthEngine engine) {
        this.engine = engine;
    }

    @Override
    public Reply handle(AuthRequest request) {
        Map<String, Object> session = new LinkedHashMap<>();
        if (engine.identify(request) instanceof AuthOutcome.Authenticated found) {
            Identity identity = found.identity();
            session.put("authenticated", true);
            session.put("name", identity.name());
            session.put("scheme", identity.scheme());
            session.put("issuer", identity.issuer());
            session.put("subject", identity.subject());
            session.put("roles", List.copyOf(new java.util.TreeSet<>(identity.roles())));
            session.put("auth_time", identity.authTime().getEpochSecond());
        } else {
            session.put("authenticated", false);
        }
        return Reply.json(200, Json.write(session));
    }
}
