package io.ostiary.bench;

import jakarta.servlet.Filter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pac4j.core.authorization.authorizer.RequireAnyRoleAuthorizer;
import org.pac4j.core.client.Clients;
import org.pac4j.core.config.Config;
import org.pac4j.core.credentials.TokenCredentials;
import org.pac4j.core.credentials.authenticator.Authenticator;
import org.pac4j.core.profile.CommonProfile;
import org.pac4j.core.util.Pac4jConstants;
import org.pac4j.http.client.direct.HeaderClient;
import org.pac4j.http.client.indirect.FormClient;
import org.pac4j.http.credentials.authenticator.test.SimpleTestUsernamePasswordAuthenticator;
import org.pac4j.jee.filter.SecurityFilter;

/** pac4j with its own filter; bare has no matchers and authorizers but the policy's, otherwise headers and CSRF are on. */
final class Pac4jKit implements Contender {
    private static final String KEY = "ost_live_0123456789abcdef_0123456789abcdef0123456789abcdef";
    private final boolean bare;

    Pac4jKit(boolean bare) {
        this.bare = bare;
    }

    @Override
    public Exchange exchange(Scenario scenario) throws Exception {
        StubContext stub = new StubContext(Map.of());
        StubRequest request = new StubRequest(stub.context(), "GET", scenario.path());
        switch (scenario) {
            case PUBLIC -> {
                return new Exchange(request, List.of((in, out, chain) -> chain.doFilter(in, out)));
            }
            case SESSION, ROLE -> logIn(stub, request, "admin");
            case ROLE_DENIED -> logIn(stub, request, "user");
            case ANONYMOUS_PAGE -> request.header("Accept", "text/html");
            case ANONYMOUS_API -> request.header("X-Requested-With", "XMLHttpRequest");
            case KEY -> request.header("X-API-KEY", KEY);
            case KEY_WRONG -> request.header("X-API-KEY", KEY.replace('a', 'b'));
            default -> {
                return null;
            }
        }
        boolean api = scenario.path().startsWith("/api");
        SecurityFilter filter = new SecurityFilter();
        filter.setConfig(config());
        filter.setClients(api ? "HeaderClient" : "FormClient");
        String role = scenario.path().equals("/admin") ? "admin" : "";
        if (bare) {
            filter.setAuthorizers(role.isEmpty() ? "none" : role);
            filter.setMatchers("none");
        } else if (!role.isEmpty()) {
            filter.setAuthorizers("+" + role);
        }
        return new Exchange(request, List.of((Filter) filter)).checked(scenario, "pac4j");
    }

    private static Config config() {
        FormClient form = new FormClient("/login", new SimpleTestUsernamePasswordAuthenticator());
        form.setCallbackUrl("http://localhost:8080/callback");
        Authenticator keys = (context, credentials) -> {
            if (credentials instanceof TokenCredentials token
                    && token.getToken().equals(KEY)) {
                CommonProfile profile = new CommonProfile();
                profile.setId("bench");
                token.setUserProfile(profile);
            }
            return Optional.of(credentials);
        };
        HeaderClient header = new HeaderClient("X-API-KEY", keys);
        Config config = new Config(new Clients("http://localhost:8080/callback", form, header));
        config.addAuthorizer("admin", new RequireAnyRoleAuthorizer("admin"));
        return config;
    }

    private static void logIn(StubContext stub, StubRequest request, String role) {
        CommonProfile profile = new CommonProfile();
        profile.setId("ada");
        profile.addRole(role);
        profile.setClientName("FormClient");
        LinkedHashMap<String, Object> profiles = new LinkedHashMap<>();
        profiles.put("FormClient", profile);
        StubSession session = new StubSession(stub.context());
        session.setAttribute(Pac4jConstants.USER_PROFILES, profiles);
        request.session(session).cookie("JSESSIONID", session.getId());
    }
}
