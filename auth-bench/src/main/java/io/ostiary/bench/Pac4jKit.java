package io.ostiary.bench;

import jakarta.servlet.Filter;
import java.security.KeyPair;
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
import org.pac4j.jwt.config.signature.ECSignatureConfiguration;
import org.pac4j.jwt.config.signature.RSASignatureConfiguration;
import org.pac4j.jwt.config.signature.SecretSignatureConfiguration;
import org.pac4j.jwt.config.signature.SignatureConfiguration;
import org.pac4j.jwt.credentials.authenticator.JwtAuthenticator;

/** pac4j with its own filter; bare has no matchers and authorizers but the policy's, otherwise headers and CSRF are on. */
final class Pac4jKit implements Contender {
    private final boolean bare;
    private final int threads;
    private Jwts jwts;
    private List<byte[]> tokens;

    Pac4jKit(boolean bare, int threads) {
        this.bare = bare;
        this.threads = threads;
    }

    @Override
    public boolean has(Scenario scenario) {
        return !scenario.isSigned();
    }

    @Override
    public Running start(Scenario scenario) throws Exception {
        if (scenario.isJwt() && jwts == null) {
            jwts = new Jwts(scenario.algorithm());
            tokens = jwts.peers(Math.max(1, scenario.batch() * threads));
        }
        StubContext stub = new StubContext(Map.of());
        if (scenario == Scenario.PUBLIC) {
            Filter none = (in, out, chain) -> chain.doFilter(in, out); // it is not mapped there
            return thread -> new Exchange(request(stub, scenario, thread), List.of(none));
        }
        SecurityFilter filter = filter(scenario);
        return thread -> new Exchange(request(stub, scenario, thread), List.of((Filter) filter))
                .checked(scenario, bare ? "pac4j-bare" : "pac4j");
    }

    private StubRequest request(StubContext stub, Scenario scenario, int thread) {
        StubRequest request = new StubRequest(stub.context(), "GET", scenario.path());
        if (scenario.isJwt()) {
            int batch = Math.max(1, scenario.batch());
            int from = scenario.batch() * thread;
            return request.headers("Authorization", tokens.subList(from, from + batch));
        }
        switch (scenario) {
            case SESSION, ROLE -> logIn(stub, request, "admin");
            case ROLE_DENIED -> logIn(stub, request, "user");
            case ANONYMOUS_PAGE -> request.header("Accept", "text/html");
            case ANONYMOUS_API -> request.header("X-Requested-With", "XMLHttpRequest");
            case KEY -> request.header("X-API-KEY", KeyTable.RIGHT);
            case KEY_WRONG -> request.header("X-API-KEY", KeyTable.WRONG);
            default -> {}
        }
        return request;
    }

    private SecurityFilter filter(Scenario scenario) {
        SecurityFilter filter = new SecurityFilter();
        filter.setConfig(config(scenario));
        filter.setClients(
                switch (scenario.path()) {
                    case "/api/v1" -> "keys";
                    case "/bearer" -> "tokens";
                    default -> "FormClient";
                });
        String role = scenario.path().equals("/admin") ? "admin" : "";
        if (bare) {
            filter.setAuthorizers(role.isEmpty() ? "none" : role);
            filter.setMatchers("none");
        } else if (!role.isEmpty()) {
            filter.setAuthorizers("+" + role);
        }
        return filter;
    }

    private Config config(Scenario scenario) {
        FormClient form = new FormClient("/login", new SimpleTestUsernamePasswordAuthenticator());
        form.setCallbackUrl("http://localhost:8080/callback");
        HeaderClient keys = new HeaderClient("X-API-KEY", byKey(new KeyTable()));
        keys.setName("keys");
        Clients clients = new Clients("http://localhost:8080/callback", form, keys);
        if (scenario.isJwt()) {
            HeaderClient header =
                    new HeaderClient("Authorization", "Bearer ", new JwtAuthenticator(signatures(scenario)));
            header.setName("tokens");
            clients = new Clients("http://localhost:8080/callback", form, header);
        }
        Config config = new Config(clients);
        config.addAuthorizer("admin", new RequireAnyRoleAuthorizer("admin"));
        return config;
    }

    private static Authenticator byKey(KeyTable table) {
        return (context, credentials) -> {
            String owner = credentials instanceof TokenCredentials token ? table.owner(token.getToken()) : null;
            if (owner != null) {
                CommonProfile profile = new CommonProfile();
                profile.setId(owner);
                credentials.setUserProfile(profile);
            }
            return Optional.of(credentials);
        };
    }

    private SignatureConfiguration signatures(Scenario scenario) {
        KeyPair pair = new KeyPair(jwts.publicKey(), null);
        return switch (scenario.algorithm()) {
            case "hs256" -> new SecretSignatureConfiguration(Jwts.SECRET);
            case "rs256" -> new RSASignatureConfiguration(pair);
            default -> new ECSignatureConfiguration(pair);
        };
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
