package io.ostiary.matrix;

import java.io.IOException;
import java.util.Map;

/** Shiro with a shiro.ini, as in the manual's chapter on the web; its global InvalidRequestFilter is there by default. */
record ShiroGuarded(Site site) implements Guarded {
    private static final String WEB_XML = """
        <listener><listener-class>org.apache.shiro.web.env.EnvironmentLoaderListener</listener-class></listener>
        <filter>
          <filter-name>ShiroFilter</filter-name>
          <filter-class>org.apache.shiro.web.servlet.ShiroFilter</filter-class>
          <async-supported>true</async-supported>
        </filter>
        <filter-mapping>
          <filter-name>ShiroFilter</filter-name>
          <url-pattern>/*</url-pattern>
          <dispatcher>REQUEST</dispatcher>
          <dispatcher>FORWARD</dispatcher>
          <dispatcher>INCLUDE</dispatcher>
          <dispatcher>ERROR</dispatcher>
          <dispatcher>ASYNC</dispatcher>
        </filter-mapping>
        """;
    private static final String INI = """
        [main]
        authc.loginUrl = /login
        [users]
        ada = secret, admin
        vic = secret, user
        [urls]
        /login = authc
        /admin/** = authc, roles[admin]
        /app/** = authc
        /api/** = authc
        """;
    private static final String REST = """
        /public/** = anon
        /static/** = anon
        /oauth/callback = anon
        /error = anon
        /health = anon
        /** = authc
        """;

    static Guarded start(Policy policy) throws Exception {
        return new ShiroGuarded(Site.start(WEB_XML, Map.of("shiro.ini", policy.closed() ? INI + REST : INI)));
    }

    @Override
    public int port() {
        return site.port();
    }

    @Override
    public Wire.Answer signIn(Visitor visitor, String name, String query) throws IOException {
        return visitor.post("/login" + query, Map.of("username", name, "password", "secret"));
    }

    @Override
    public void close() {
        site.close();
    }
}
