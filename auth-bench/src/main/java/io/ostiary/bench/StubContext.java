package io.ostiary.bench;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.SessionCookieConfig;
import jakarta.servlet.SessionTrackingMode;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** As much of an application's context as starting a security library takes; requests hardly touch it. */
final class StubContext implements InvocationHandler {
    private final Map<String, String> params;
    private final Map<String, Object> attributes = new HashMap<>();
    private final List<Filter> programmatic = new ArrayList<>();
    private final ServletContext context = fake(ServletContext.class, this);

    StubContext(Map<String, String> params) {
        this.params = params;
    }

    ServletContext context() {
        return context;
    }

    /** Filters that were added in Java. */
    List<Filter> programmatic() {
        return programmatic;
    }

    FilterConfig config(String name, Map<String, String> initParams) {
        return fake(FilterConfig.class, (proxy, call, args) -> switch (call.getName()) {
            case "getFilterName" -> name;
            case "getServletContext" -> context;
            case "getInitParameter" -> initParams.get(args[0]);
            case "getInitParameterNames" -> Collections.enumeration(initParams.keySet());
            default -> throw new UnsupportedOperationException(call.getName());
        });
    }

    @Override
    public Object invoke(Object proxy, Method call, Object[] args) {
        return switch (call.getName()) {
            case "getInitParameter" -> params.get(args[0]);
            case "getInitParameterNames" -> Collections.enumeration(params.keySet());
            case "getAttribute" -> attributes.get(args[0]);
            case "setAttribute" -> attributes.put((String) args[0], args[1]);
            case "removeAttribute" -> attributes.remove(args[0]);
            case "getAttributeNames" -> Collections.enumeration(attributes.keySet());
            case "getContextPath" -> "";
            case "getServletContextName" -> "bench";
            case "getEffectiveMajorVersion", "getMajorVersion" -> 6;
            case "getEffectiveMinorVersion", "getMinorVersion" -> 0;
            case "getResourceAsStream", "getResource", "getRealPath", "getFilterRegistration", "getMimeType" -> null;
            case "getEffectiveSessionTrackingModes" -> Set.of(SessionTrackingMode.COOKIE);
            case "getFilterRegistrations" -> Map.of();
            case "getServletRegistrations" -> Map.of("auth", registration());
            case "addFilter" -> {
                programmatic.add((Filter) args[1]);
                yield fake(FilterRegistration.Dynamic.class, (self, method, values) -> null);
            }
            case "getSessionCookieConfig" -> fake(SessionCookieConfig.class, (self, method, values) -> null);
            case "getClassLoader" -> StubContext.class.getClassLoader();
            case "hashCode" -> System.identityHashCode(this);
            case "equals" -> proxy == args[0];
            case "toString" -> "bench";
            default -> null;
        };
    }

    private static ServletRegistration registration() {
        return fake(ServletRegistration.class, (proxy, call, args) -> switch (call.getName()) {
            case "getClassName" -> "io.ostiary.servlet.AuthServlet";
            case "getMappings" -> Set.of("/auth/*");
            case "getName" -> "auth";
            default -> null;
        });
    }

    static <T> T fake(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
