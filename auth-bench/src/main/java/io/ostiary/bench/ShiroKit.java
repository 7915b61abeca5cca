package io.ostiary.bench;

import jakarta.servlet.Filter;
import java.util.List;
import java.util.Map;
import org.apache.shiro.realm.SimpleAccountRealm;
import org.apache.shiro.subject.PrincipalCollection;
import org.apache.shiro.subject.SimplePrincipalCollection;
import org.apache.shiro.subject.support.DefaultSubjectContext;
import org.apache.shiro.web.filter.authc.FormAuthenticationFilter;
import org.apache.shiro.web.filter.authz.RolesAuthorizationFilter;
import org.apache.shiro.web.filter.mgt.DefaultFilterChainManager;
import org.apache.shiro.web.filter.mgt.PathMatchingFilterChainResolver;
import org.apache.shiro.web.mgt.DefaultWebSecurityManager;
import org.apache.shiro.web.servlet.AbstractShiroFilter;

/** Shiro as its sample's shiro.ini sets it up; it has no headers, no CSRF check, no audit log and no API keys of its own. */
final class ShiroKit implements Contender {
    @Override
    public Exchange exchange(Scenario scenario) throws Exception {
        SimpleAccountRealm realm = new SimpleAccountRealm("bench");
        realm.addAccount("ada", "x", "admin");
        realm.addAccount("bob", "x", "user");
        DefaultWebSecurityManager manager = new DefaultWebSecurityManager(realm);
        StubContext stub = new StubContext(Map.of());
        StubRequest request = new StubRequest(stub.context(), "GET", scenario.path());
        switch (scenario) {
            case PUBLIC -> {}
            case SESSION, ROLE -> logIn(stub, request, realm, "ada", "admin");
            case ROLE_DENIED -> logIn(stub, request, realm, "bob", "user");
            case ANONYMOUS_PAGE -> request.header("Accept", "text/html");
            default -> {
                return null; // it has a redirect for programs, and neither keys nor tokens
            }
        }
        Filter filter = new Chain(manager);
        filter.init(stub.config("shiro", Map.of()));
        return new Exchange(request, List.of(filter)).checked(scenario, "shiro");
    }

    private static void logIn(
            StubContext stub, StubRequest request, SimpleAccountRealm realm, String name, String role) {
        PrincipalCollection principals = new SimplePrincipalCollection(name, realm.getName());
        StubSession session = new StubSession(stub.context());
        session.setAttribute(DefaultSubjectContext.PRINCIPALS_SESSION_KEY, principals);
        session.setAttribute(DefaultSubjectContext.AUTHENTICATED_SESSION_KEY, Boolean.TRUE);
        request.session(session).cookie("JSESSIONID", session.getId());
    }

    private static final class Chain extends AbstractShiroFilter {
        Chain(DefaultWebSecurityManager manager) {
            setSecurityManager(manager);
            DefaultFilterChainManager chains = new DefaultFilterChainManager();
            chains.addFilter("authc", new FormAuthenticationFilter());
            chains.addFilter("roles", new RolesAuthorizationFilter());
            chains.createChain("/user", "authc");
            chains.createChain("/admin", "authc, roles[admin]");
            PathMatchingFilterChainResolver resolver = new PathMatchingFilterChainResolver();
            resolver.setFilterChainManager(chains);
            setFilterChainResolver(resolver);
        }
    }
}
