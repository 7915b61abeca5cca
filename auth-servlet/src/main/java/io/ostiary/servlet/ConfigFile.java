package io.ostiary.servlet;

import jakarta.servlet.ServletContext;
import java.util.Locale;
import java.util.function.UnaryOperator;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.jspecify.annotations.Nullable;

/**
 * The file that the settings of one application are in.
 *
 * @param name a path below {@code /WEB-INF/}, or an absolute one
 * @param namedBy who named it, for messages; null for the usual place
 */
record ConfigFile(String name, @Nullable String namedBy) {
    static final String KEY = "ostiary.config";
    static final String USUAL = "/WEB-INF/auth.properties";
    private static final String JNDI = "java:comp/env/ostiary/config";

    /** What lies outside the application. */
    record Outside(
            UnaryOperator<@Nullable String> jndi,
            UnaryOperator<@Nullable String> property,
            UnaryOperator<@Nullable String> environment) {
        static Outside real() {
            return new Outside(ConfigFile::jndi, System::getProperty, System::getenv);
        }
    }

    /** The closest to this very application that is named, or the usual one; whether it is there is not looked at. */
    static ConfigFile of(ServletContext context, Outside outside) {
        String param = context.getInitParameter(KEY);
        if (param != null) {
            return new ConfigFile(param, "web.xml: context-param '" + KEY + "'");
        }
        String entry = outside.jndi().apply(JNDI);
        if (entry != null) {
            return new ConfigFile(entry, "JNDI name '" + JNDI + "'");
        }
        String application = application(context.getContextPath());
        for (String key : new String[] {KEY + "." + application, KEY}) {
            String property = outside.property().apply(key);
            if (property != null) {
                return new ConfigFile(property, "system property '" + key + "'");
            }
            String name = key.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
            String variable = outside.environment().apply(name);
            if (variable != null) {
                return new ConfigFile(variable, "environment variable '" + name + "'");
            }
        }
        return new ConfigFile(USUAL, null);
    }

    /** The file of the same name beside it that ends in {@code .rules}. */
    String rules() {
        String stem = name.endsWith(".properties") ? name.substring(0, name.length() - ".properties".length()) : name;
        return stem + ".rules";
    }

    /** What WAR files are called after, so that their owners know the name: ROOT, wiki, shop#admin. */
    private static String application(String contextPath) {
        return contextPath.isEmpty() ? "ROOT" : contextPath.substring(1).replace('/', '#');
    }

    /** Containers disagree about which exception says that there is no such name, or that there are no names at all. */
    @SuppressWarnings("BanJNDI") // the name is a constant below java:comp/env, which is the application's own
    private static @Nullable String jndi(String name) {
        try {
            return InitialContext.doLookup(name) instanceof String text ? text : null;
        } catch (NamingException none) {
            return null;
        }
    }
}
