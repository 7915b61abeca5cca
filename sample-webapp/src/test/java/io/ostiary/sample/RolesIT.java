package io.ostiary.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ostiary.core.UrlEncoded;
import io.ostiary.sample.launcher.Options;
import io.ostiary.sample.launcher.RunningSample;
import io.ostiary.sample.launcher.SampleLauncher;
import java.net.http.HttpResponse;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The administrators' pages of the sample, against the built WAR. */
final class RolesIT {
    private static RunningSample sample;

    @BeforeAll
    static void start() throws Exception {
        sample = SampleLauncher.start(Options.onFreePorts());
    }

    @AfterAll
    static void stop() {
        sample.close();
    }

    private static Visitor signedIn(String name) throws Exception {
        Visitor visitor = new Visitor(sample.baseUrl());
        visitor.logIn(name, "/app/");
        assertEquals(200, visitor.open("/app/").statusCode());
        return visitor;
    }

    private static HttpResponse<String> give(Visitor actor, String subject, String... roles) throws Exception {
        StringBuilder form = new StringBuilder(
                "subject=" + subject + "&issuer=" + UrlEncoded.encode(Objects.requireNonNull(sample.providerUrl())));
        for (String role : roles) {
            form.append("&role=").append(UrlEncoded.encode(role));
        }
        return actor.post("/admin/users", form.toString());
    }

    @Test
    void aRoleActsAndIsGoneOnTheVeryNextRequestOfAnOpenSession() throws Exception {
        Visitor ada = signedIn("ada");
        Visitor vic = signedIn("vic");
        assertEquals(403, vic.open("/editor/whoami").statusCode());
        assertEquals(303, give(ada, "vic", "editor").statusCode());
        assertEquals(200, vic.open("/editor/whoami").statusCode());
        assertTrue(ada.open("/admin/users").body().contains("<span class=\"badge plain\">editor</span>"));
        assertEquals(303, give(ada, "vic").statusCode());
        assertEquals(403, vic.open("/editor/whoami").statusCode());
        assertEquals(200, vic.open("/app/whoami").statusCode());
    }

    @Test
    void anAdminSignsSomebodyOutEverywhere() throws Exception {
        Visitor ada = signedIn("ada");
        Visitor una = signedIn("una");
        Visitor eve = signedIn("eve");
        String page = ada.open("/admin/users").body();
        assertTrue(page.contains("Sign una out everywhere"), page);
        assertFalse(page.contains("Sign Ada Admin out everywhere"), page);
        String form = "subject=una&next=/admin/users&issuer="
                + UrlEncoded.encode(Objects.requireNonNull(sample.providerUrl()));
        assertEquals(403, eve.post("/auth/sessions/end-user", form).statusCode());
        String evil = "https://evil.example";
        assertEquals(
                403, ada.post("/auth/sessions/end-user", form, "Origin", evil).statusCode());
        assertEquals(200, una.open("/app/whoami").statusCode());
        HttpResponse<String> done = ada.post("/auth/sessions/end-user", form);
        assertEquals(sample.baseUrl() + "/admin/users", ada.location(done));
        String login = una.location(una.open("/app/whoami"));
        assertEquals(sample.baseUrl() + "/auth/login?next=%2Fapp%2Fwhoami&reason=expired", login);
        assertEquals(200, ada.open("/admin/users").statusCode());
        String audit = ada.open("/admin/audit").body();
        assertTrue(audit.contains("sessions_ended"), audit);
    }

    @Test
    void nobodyChangesTheirOwnRoles() throws Exception {
        Visitor ada = signedIn("ada");
        Visitor other = signedIn("otto");
        String page = ada.open("/admin/users").body();
        assertTrue(page.contains("These are your own roles."), page);
        assertTrue(page.contains("value=\"otto\""), page);
        assertFalse(page.contains("name=\"subject\" value=\"ada\""), page);
        HttpResponse<String> refused = give(ada, "ada", "editor");
        assertEquals(403, refused.statusCode());
        assertTrue(refused.body().contains("Nobody changes their own roles."));
        assertEquals(403, other.open("/admin/users").statusCode());
    }

    @Test
    void somebodyWhoMayChangeRolesIsAlwaysLeft() throws Exception {
        Visitor ada = signedIn("ada");
        Visitor zoe = signedIn("zoe");
        assertEquals(303, give(ada, "zoe", "admin").statusCode());
        assertEquals(200, zoe.open("/admin/users").statusCode());
        HttpResponse<String> refused = give(ada, "zoe");
        assertEquals(409, refused.statusCode());
        assertTrue(refused.body().contains("Somebody must be left who may change roles."));
        assertEquals(200, zoe.open("/admin/users").statusCode());
    }

    @Test
    void aFormOfAnotherSiteChangesNothing() throws Exception {
        Visitor ada = signedIn("ada");
        Visitor max = signedIn("max");
        String form =
                "subject=max&role=admin&issuer=" + UrlEncoded.encode(Objects.requireNonNull(sample.providerUrl()));
        for (String origin : new String[] {"null", "https://evil.example", "http://127.0.0.1:1"}) {
            HttpResponse<String> refused = ada.post("/admin/users", form, "Origin", origin, "Accept", "text/html");
            assertEquals(403, refused.statusCode());
            assertTrue(refused.body().contains("Not from this page"), refused.body());
        }
        assertEquals(403, max.open("/admin/users").statusCode());
    }

    @Test
    void nobodyOrdersAndApproves() throws Exception {
        Visitor ada = signedIn("ada");
        signedIn("tom");
        assertEquals(303, give(ada, "tom", "buyer").statusCode());
        HttpResponse<String> refused = give(ada, "tom", "buyer", "approver");
        assertEquals(409, refused.statusCode());
        assertTrue(refused.body().contains("Nobody may have these roles together."), refused.body());
        assertEquals(303, give(ada, "tom", "approver").statusCode());
    }

    @Test
    void strangersAndUnknownRolesAreRefused() throws Exception {
        Visitor ada = signedIn("ada");
        signedIn("ned");
        assertEquals(400, give(ada, "never-seen", "viewer").statusCode());
        assertEquals(409, give(ada, "ned", "no such role").statusCode());
        assertEquals(409, give(ada, "ned", "auditor").statusCode());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/admin/users", "/admin/explain", "/admin/routes"})
    void thePagesAreForAdminsOnly(String path) throws Exception {
        assertEquals(302, new Visitor(sample.baseUrl()).open(path).statusCode());
        assertEquals(403, signedIn("eve").open(path).statusCode());
        assertEquals(200, signedIn("ada").open(path).statusCode());
    }

    @Test
    void aButtonIsShownToThoseWhoMayPressIt() throws Exception {
        assertTrue(signedIn("ada").open("/app/").body().contains("Change roles"));
        assertFalse(signedIn("eve").open("/app/").body().contains("Change roles"));
    }

    @Test
    void explainsFromTheFiltersThatDecide() throws Exception {
        String page = signedIn("ada")
                .open("/admin/explain?method=GET&path=/editor/whoami&who=vic&roles=viewer")
                .body();
        assertTrue(page.contains("<h2>FORBIDDEN</h2>"), page);
        assertTrue(page.contains("servlet &#39;whoami&#39; by &#39;/editor/whoami&#39;"), page);
        assertTrue(page.contains("filter &#39;editors&#39; on /editor/*:"), page);
        assertTrue(page.contains("&#39;vic&#39; has the roles viewer"), page);
        String granted = signedIn("ada")
                .open("/admin/explain?path=/editor/whoami&roles=admin")
                .body();
        assertTrue(granted.contains("<h2>GRANT</h2>"), granted);
        String hostile = signedIn("ada")
                .open("/admin/explain?path=%3Cscript%3E&roles=%3Cb%3E")
                .body();
        assertFalse(hostile.contains("<script>") || hostile.contains("<b>"), hostile);
    }

    @Test
    void theRouteMapNamesWhatNothingCovers() throws Exception {
        String page = signedIn("ada").open("/admin/routes").body();
        assertTrue(page.contains("admins: role admin"), page);
        assertTrue(page.contains("services: scope orders.read"), page);
        assertTrue(
                Pattern.compile("<code>/health</code></h2><span class=\"badge shut\">not covered</span>")
                        .matcher(page)
                        .find(),
                page);
    }
}
