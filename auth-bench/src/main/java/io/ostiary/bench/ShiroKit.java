package io.ostiary.bench;

import jakarta.servlet.Filter;
import java.util.List;
import java.util.Map;
import org.apache.shiro.authc.AuthenticationInfo;
import org.apache.shiro.authc.AuthenticationToken;
import org.apache.shiro.authc.BearerToken;
import org.apache.shiro.authc.SimpleAuthenticationInfo;
import org.apache.shiro.authc.credential.AllowAllCredentialsMatcher;
import org.apache.shiro.realm.AuthenticatingRealm;
import org.apache.shiro.realm.SimpleAccountRealm;
import org.apache.shiro.subject.PrincipalCollection;
import org.apache.shiro.subject.SimplePrincipalCollection;
import org.apache.shiro.subject.support.DefaultSubjectContext;
import org.apache.shiro.web.filter.authc.BasicHttpAuthenticationFilter;
import org.apache.shiro.web.filter.authc.BearerHttpAuthenticationFilter;
import org.apache.shiro.web.filter.authc.FormAuthenticationFilter;
import org.apache.shiro.web.filter.authz.RolesAuthorizationFilter;
import org.apache.shiro.web.filter.mgt.DefaultFilterChainManager;
import org.apache.shiro.web.filter.mgt.PathMatchingFilterChainResolver;
import org.apache.shiro.web.filter.session.NoSessionCreationFilter;
import org.apache.shiro.web.mgt.DefaultWebSecurityManager;
import org.apache.shiro.web.servlet.AbstractShiroFilter;

/**
 * Shiro as its sample's shiro.ini sets it up; it has no headers, no CSRF check and no audit log of its own. Programs get its
 * answer for basic authentication. API keys are what its documentation has for tokens of any kind: its bearer filter and a
 * realm that knows them.
 */
final class ShiroKit implements Contender {
    private static final String REALM = "bench";

    @Override
    public boolean has(Scenario scenario) {
        return !scenario.isJwt() && !scenario.isSigned();
    }

    @Override
    public Running start(Scenario scenario) throws Exception {
        SimpleAccountRealm people = new SimpleAccountRealm(REALM);
        people.addAccount("ada", "x", "admin");
        people.addAccount("bob", "x", "user");
        StubContext stub = new StubContext(Map.of());
        Filter filter = new Chain(new DefaultWebSecurityManager(List.of(people, new Keys())), scenario);
        filter.init(stub.config("shiro", Map.of()));
        return thread -> new Exchange(request(stub, scenario), List.of(filter)).checked(scenario, "shiro");
    }

    private static StubRequest request(StubContext stub, Scenario scenario) {
        StubRequest request = new StubRequest(stub.context(), "GET", scenario.path());
        switch (scenario) {
            case SESSION, ROLE -> logIn(stub, request, "ada");
            case ROLE_DENIED -> logIn(stub, request, "bob");
            case ANONYMOUS_PAGE -> request.header("Accept", "text/html");
            case KEY -> request.header("Authorization", "Bearer " + KeyTable.RIGHT);
            case KEY_WRONG -> request.header("Authorization", "Bearer " + KeyTable.WRONG);
            default -> {}
        }
        return request;
    }

    private static void logIn(StubContext stub, StubRequest request, String name) {
        PrincipalCollection principals = new SimplePrincipalCollection(name, REALM);
        StubSession session = new StubSession(stub.context());
        session.setAttribute(DefaultSubjectContext.PRINCIPALS_SESSION_KEY, principals);
        session.setAttribute(DefaultSubjectContext.AUTHENTICATED_SESSION_KEY, Boolean.TRUE);
        request.session(session).cookie("JSESSIONID", session.getId());
    }

    /** Knows keys. */
    private static final class Keys extends AuthenticatingRealm {
        private final KeyTable table = new KeyTable();

        Keys() {
            super(new AllowAllCredentialsMatcher()); // whoever is found has shown the key
            setAuthenticationTokenClass(BearerToken.class);
        }

        @Override
        protected AuthenticationInfo doGetAuthenticationInfo(AuthenticationToken token) {
            String owner = table.owner(((BearerToken) token).getToken());
            return owner == null ? null : new SimpleAuthenticationInfo(owner, token.getCredentials(), getName());
        }
    }

    private static final class Chain extends AbstractShiroFilter {
        Chain(DefaultWebSecurityManager manager, Scenario scenario) {
            setSecurityManager(manager);
            DefaultFilterChainManager chains = new DefaultFilterChainManager();
            chains.addFilter("authc", new FormAuthenticationFilter());
            chains.addFilter("authcBasic", new BasicHttpAuthenticationFilter());
            chains.addFilter("authcBearer", new BearerHttpAuthenticationFilter());
            chains.addFilter("noSessionCreation", new NoSessionCreationFilter());
            chains.addFilter("roles", new RolesAuthorizationFilter());
            chains.createChain("/user", scenario == Scenario.ANONYMOUS_API ? "authcBasic" : "authc");
            chains.createChain("/admin", "authc, roles[admin]");
            chains.createChain("/api/v1", "noSessionCreation, authcBearer");
            PathMatchingFilterChainResolver resolver = new PathMatchingFilterChainResolver();
            resolver.setFilterChainManager(chains);
            setFilterChainResolver(resolver);
        }
    }
}
