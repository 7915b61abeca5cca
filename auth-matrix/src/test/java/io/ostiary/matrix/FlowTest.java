package io.ostiary.matrix;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Signing in, roles, keys, dispatches and cookies, the same in every container. */
final class FlowTest {
    private static Matrix matrix;

    @BeforeAll
    static void start() throws Exception {
        matrix = Matrix.shared();
    }

    private static void assertRefused(Wire.Answer answer, int status) {
        assertAll(
                () -> assertEquals(status, answer.status(), answer.toString()),
                () -> assertFalse(answer.body().contains(ZoneServlet.SECRET), answer.toString()));
    }

    @Test
    void theContainerIsTheOneThatWasMeant() throws Exception {
        String loaded = List.of(
                        "org.eclipse.jetty.ee10.webapp.WebAppContext",
                        "org.eclipse.jetty.ee11.webapp.WebAppContext",
                        "org.apache.catalina.startup.Tomcat",
                        "io.undertow.Undertow")
                .stream()
                .filter(FlowTest::there)
                .toList()
                .toString();
        String version = there("org.apache.catalina.startup.Tomcat")
                ? (String) Class.forName("org.apache.catalina.util.ServerInfo")
                        .getMethod("getServerNumber")
                        .invoke(null)
                : "";
        assertEquals(
                switch (Container.name()) {
                    case "jetty-ee10" -> "[org.eclipse.jetty.ee10.webapp.WebAppContext]";
                    case "jetty-ee11" -> "[org.eclipse.jetty.ee11.webapp.WebAppContext]";
                    case "tomcat-10" -> "[org.apache.catalina.startup.Tomcat]10.1";
                    case "tomcat-11" -> "[org.apache.catalina.startup.Tomcat]11.0";
                    case "wildfly", "liberty" -> "[]";
                    default -> "[io.undertow.Undertow]";
                },
                loaded + version.replaceFirst("^([0-9]+\\.[0-9]+).*", "$1"));
    }

    private static boolean there(String type) {
        return FlowTest.class.getClassLoader().getResource(type.replace('.', '/') + ".class") != null;
    }

    @Test
    void peopleSignInAndAreLedBack() throws Exception {
        Person ada = matrix.person();
        Wire.Answer page = ada.open("/admin/x?y=1");
        assertEquals(302, page.status());
        assertEquals("/auth/login?next=%2Fadmin%2Fx%3Fy%3D1", path(page.header("Location")));
        Wire.Answer back = ada.signIn("ada", "/admin/x?y=1", "admin");
        assertEquals(302, back.status(), back.toString());
        assertEquals("/admin/x?y=1", path(back.header("Location")));
        assertTrue(ada.open("/admin/x?y=1").body().contains("SECRET-OF-admin for ada"));
        assertTrue(ada.open("/app/home").body().contains("SECRET-OF-app for ada"));
        assertRefused(ada.get("/api/v1/data"), 401);
    }

    @Test
    void whoLacksTheRoleIsRefused() throws Exception {
        Person vic = matrix.signedIn("vic", "user");
        assertEquals(200, vic.open("/app/home").status());
        assertRefused(vic.open("/admin/x"), 403);
        assertRefused(vic.get("/admin/x", "Accept: application/json"), 403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/admin/x", "/app/home", "/api/v1/data", "/admin", "/app", "/api", "/app/"})
    void programsWithoutCredentialsAreRefused(String path) throws Exception {
        Wire.Answer answer = matrix.wire().get(path, "Accept: application/json");
        assertRefused(answer, 401);
        assertFalse(answer.header("WWW-Authenticate").isEmpty());
        assertEquals("no-store", answer.header("Cache-Control"));
    }

    @Test
    void aKeyOpensItsZoneOnly() throws Exception {
        String header = "X-API-KEY: " + matrix.key();
        assertTrue(matrix.wire().get("/api/v1/data", header).body().contains("SECRET-OF-api for matrix"));
        assertRefused(matrix.wire().get("/app/home", header), 401);
        assertRefused(matrix.wire().get("/api/v1/data", header, header), 401);
        assertRefused(matrix.wire().get("/api/v1/data", header + "x"), 401);
    }

    @ParameterizedTest
    @CsvSource({
        "forward, /admin/x",
        "include, /admin/x",
        "async, /admin/x",
        "named, admin",
        "named-include, admin",
        "error, 418"
    })
    void noDispatchLeadsAroundTheGuard(String how, String to) throws Exception {
        String target = "/public/x?how=" + how + "&to=" + to;
        long before = Ran.times("admin");
        Wire.Answer nobody = matrix.wire().get(target, "Accept: application/json");
        assertFalse(nobody.body().contains(ZoneServlet.SECRET), nobody.toString());
        Wire.Answer vic = matrix.signedIn("vic", "user").get(target, "Accept: application/json");
        assertFalse(vic.body().contains(ZoneServlet.SECRET), vic.toString());
        assertEquals(before, Ran.times("admin"));
        Wire.Answer ada = matrix.signedIn("ada", "admin").get(target, "Accept: application/json");
        assertTrue(ada.body().contains("SECRET-OF-admin"), ada.toString());
    }

    @Test
    void theCookieOfASessionIsWhole() throws Exception {
        Person ada = matrix.person();
        Wire.Answer back = ada.signIn("ada", "/app/home");
        String cookie = back.all("Set-Cookie").stream()
                .filter(line -> line.startsWith("session="))
                .findFirst()
                .orElse("");
        assertAll(
                () -> assertTrue(cookie.contains("; HttpOnly"), cookie),
                () -> assertTrue(cookie.contains("; SameSite=Lax"), cookie),
                () -> assertTrue(cookie.contains("; Path=/"), cookie),
                () -> assertFalse(cookie.contains("Domain"), cookie));
    }

    @Test
    void sessionsOfTheContainerTravelInCookiesOnly() throws Exception {
        Person ada = matrix.signedIn("ada");
        Wire.Answer made = ada.get("/app/x?session=yes");
        assertTrue(made.body().endsWith(" /app/x"), made.toString());
        String cookie = made.header("Set-Cookie");
        assertTrue(cookie.startsWith("JSESSIONID="), made.toString());
        assertTrue(cookie.contains("HttpOnly"), cookie);
        assertFalse(made.body().contains("jsessionid"), made.body());
    }

    @Test
    void logoutEndsTheSession() throws Exception {
        Person ada = matrix.signedIn("ada");
        String cookies = ada.cookieLine();
        Wire.Answer out = matrix.wire()
                .request(
                        "POST",
                        "/auth/logout",
                        cookies,
                        "Origin: http://127.0.0.1:" + matrix.port(),
                        "Content-Length: 0");
        assertEquals(302, out.status(), out.toString());
        assertRefused(matrix.wire().get("/app/home", cookies), 401);
    }

    @Test
    void theSessionOfOneApplicationIsNobodyInAnother() throws Exception {
        Person ada = matrix.signedIn("ada", "admin");
        assertRefused(matrix.wire().get("/ctx/admin/x", ada.cookieLine()), 401);
        Person there = new Person(matrix, "/ctx");
        there.signIn("ada", "/ctx/app/home", "admin");
        assertEquals(200, there.get("/admin/x").status());
    }

    private static String path(String location) {
        return location.replaceFirst("^http://127[.]0[.]0[.]1:" + matrix.port(), "");
    }

    @Test
    void everyAnswerHasTheHeadersOfTheEdge() throws IOException {
        for (String path : List.of("/public/x", "/admin/x", "/nowhere", "/auth/login")) {
            assertEquals("nosniff", matrix.wire().get(path).header("X-Content-Type-Options"), path);
        }
    }
}
