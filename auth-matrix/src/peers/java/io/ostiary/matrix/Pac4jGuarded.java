package io.ostiary.matrix;

import java.io.IOException;
import java.util.Map;

/** pac4j with a security filter for each zone, as its manual maps it, or one for everything with a matcher that leaves places out. */
record Pac4jGuarded(Site site) implements Guarded {
    private static final String FILTER = """
        <filter>
          <filter-name>pac4j-%1$s</filter-name>
          <filter-class>org.pac4j.jee.filter.SecurityFilter</filter-class>
          <async-supported>true</async-supported>
          <init-param><param-name>configFactory</param-name><param-value>io.ostiary.matrix.Pac4jPolicy</param-value></init-param>
          <init-param><param-name>clients</param-name><param-value>FormClient</param-value></init-param>
          %2$s
        </filter>
        <filter-mapping>
          <filter-name>pac4j-%1$s</filter-name>
          <url-pattern>%3$s</url-pattern>
          <dispatcher>REQUEST</dispatcher>
          <dispatcher>FORWARD</dispatcher>
          <dispatcher>INCLUDE</dispatcher>
          <dispatcher>ERROR</dispatcher>
          <dispatcher>ASYNC</dispatcher>
        </filter-mapping>
        """;
    private static final String CALLBACK = """
        <filter>
          <filter-name>callback</filter-name>
          <filter-class>org.pac4j.jee.filter.CallbackFilter</filter-class>
          <init-param><param-name>configFactory</param-name><param-value>io.ostiary.matrix.Pac4jPolicy</param-value></init-param>
          <init-param><param-name>defaultUrl</param-name><param-value>/</param-value></init-param>
        </filter>
        <filter-mapping><filter-name>callback</filter-name><url-pattern>/callback</url-pattern></filter-mapping>
        """;

    static Guarded start(Policy policy) throws Exception {
        String zones = filter("admin", parameter("authorizers", "+admin"), "/admin/*");
        String rest = policy.closed()
                ? filter("rest", parameter("matchers", "+rest"), "/*")
                : filter("app", "", "/app/*") + filter("api", "", "/api/*");
        return new Pac4jGuarded(Site.start(CALLBACK + zones + rest, Map.of()));
    }

    private static String filter(String name, String parameters, String pattern) {
        return FILTER.formatted(name, parameters, pattern);
    }

    private static String parameter(String name, String value) {
        return "<init-param><param-name>%s</param-name><param-value>%s</param-value></init-param>"
                .formatted(name, value);
    }

    @Override
    public int port() {
        return site.port();
    }

    @Override
    public Wire.Answer signIn(Visitor visitor, String name, String query) throws IOException {
        String more = query.isEmpty() ? "" : "&" + query.substring(1);
        return visitor.post("/callback?client_name=FormClient" + more, Map.of("username", name, "password", name));
    }

    @Override
    public void close() {
        site.close();
    }
}
