package io.ostiary.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where the settings of one application of many are looked for. */
final class ConfigFileTest {
    private final JettyApp app = JettyApp.bare();
    private final Map<String, String> jndi = new HashMap<>();
    private final Map<String, String> properties = new HashMap<>();
    private final Map<String, String> environment = new HashMap<>();

    @AfterEach
    void stop() {
        app.close();
    }

    private ConfigFile find(String contextPath) {
        app.context().setContextPath(contextPath);
        return ConfigFile.of(
                app.context().getServletContext(),
                new ConfigFile.Outside(jndi::get, properties::get, environment::get));
    }

    @Test
    void isTheUsualOneIfNobodyNamesAnother() {
        assertEquals(new ConfigFile("/WEB-INF/auth.properties", null), find("/wiki"));
    }

    @Test
    void theClosestToTheApplicationWins() {
        environment.put("OSTIARY_CONFIG", "/6");
        assertEquals(new ConfigFile("/6", "environment variable 'OSTIARY_CONFIG'"), find("/wiki"));
        properties.put("ostiary.config", "/5");
        assertEquals(new ConfigFile("/5", "system property 'ostiary.config'"), find("/wiki"));
        environment.put("OSTIARY_CONFIG_WIKI", "/4");
        assertEquals(new ConfigFile("/4", "environment variable 'OSTIARY_CONFIG_WIKI'"), find("/wiki"));
        properties.put("ostiary.config.wiki", "/3");
        assertEquals(new ConfigFile("/3", "system property 'ostiary.config.wiki'"), find("/wiki"));
        jndi.put("java:comp/env/ostiary/config", "/2");
        assertEquals(new ConfigFile("/2", "JNDI name 'java:comp/env/ostiary/config'"), find("/wiki"));
        app.context().setInitParameter("ostiary.config", "/1");
        assertEquals(new ConfigFile("/1", "web.xml: context-param 'ostiary.config'"), find("/wiki"));
    }

    @ParameterizedTest
    @CsvSource({
        "/, ostiary.config.ROOT, OSTIARY_CONFIG_ROOT",
        "/wiki, ostiary.config.wiki, OSTIARY_CONFIG_WIKI",
        "/shop/admin, ostiary.config.shop#admin, OSTIARY_CONFIG_SHOP_ADMIN",
        "/a-b, ostiary.config.a-b, OSTIARY_CONFIG_A_B"
    })
    void namesAnApplicationAsItsWarIsCalled(String contextPath, String property, String variable) {
        environment.put(variable, "/e");
        assertEquals("/e", find(contextPath).name());
        properties.put(property, "/p");
        assertEquals("/p", find(contextPath).name());
    }

    @Test
    void anotherApplicationsFileIsNotTaken() {
        properties.put("ostiary.config.wiki", "/wiki");
        environment.put("OSTIARY_CONFIG_WIKI", "/wiki");
        assertNull(find("/shop").namedBy());
    }

    @ParameterizedTest
    @CsvSource({
        "/WEB-INF/auth.properties, /WEB-INF/auth.rules",
        "/etc/ostiary/wiki.properties, /etc/ostiary/wiki.rules",
        "/etc/ostiary/wiki, /etc/ostiary/wiki.rules"
    })
    void rulesStandBesideIt(String file, String rules) {
        assertEquals(rules, new ConfigFile(file, null).rules());
    }
}
