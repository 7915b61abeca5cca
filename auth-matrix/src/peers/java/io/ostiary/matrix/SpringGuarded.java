package io.ostiary.matrix;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Spring Security with its form login and everything that HttpSecurity brings by default, the firewall among it. */
record SpringGuarded(Site site) implements Guarded {
    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");
    private static final String WEB_XML = """
        <context-param>
          <param-name>contextClass</param-name>
          <param-value>org.springframework.web.context.support.AnnotationConfigWebApplicationContext</param-value>
        </context-param>
        <context-param>
          <param-name>contextConfigLocation</param-name>
          <param-value>%s</param-value>
        </context-param>
        <listener><listener-class>org.springframework.web.context.ContextLoaderListener</listener-class></listener>
        <filter>
          <filter-name>springSecurityFilterChain</filter-name>
          <filter-class>org.springframework.web.filter.DelegatingFilterProxy</filter-class>
          <async-supported>true</async-supported>
        </filter>
        <filter-mapping>
          <filter-name>springSecurityFilterChain</filter-name>
          <url-pattern>/*</url-pattern>
          <dispatcher>REQUEST</dispatcher>
          <dispatcher>FORWARD</dispatcher>
          <dispatcher>INCLUDE</dispatcher>
          <dispatcher>ERROR</dispatcher>
          <dispatcher>ASYNC</dispatcher>
        </filter-mapping>
        """;

    static Guarded start(Policy policy) throws Exception {
        Class<?> configuration = switch (policy) {
            case REST_OPEN -> SpringPolicy.RestOpen.class;
            case REST_CLOSED -> SpringPolicy.RestClosed.class;
            case TARGET_PARAMETER -> SpringPolicy.TargetParameter.class;
        };
        return new SpringGuarded(Site.start(WEB_XML.formatted(configuration.getName()), Map.of()));
    }

    @Override
    public int port() {
        return site.port();
    }

    @Override
    public Wire.Answer signIn(Visitor visitor, String name, String query) throws IOException {
        Matcher token = TOKEN.matcher(visitor.open("/login").body());
        Map<String, String> form = new LinkedHashMap<>(Map.of("username", name, "password", "secret"));
        if (token.find()) {
            form.put("_csrf", token.group(1));
        }
        return visitor.post("/login" + query, form);
    }

    @Override
    public void close() {
        site.close();
    }
}
