package io.ostiary.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an application keeps in the session of its container belongs to one person. */
final class ContainerSessionTest {
    private final JettyApp app = new JettyApp();

    @AfterEach
    void stop() {
        app.close();
    }

    @BeforeEach
    void application() throws Exception {
        app.filter("signed-in", LoginRequiredFilter.class, "/app/*", Map.of())
                .servlet("/app/*", ContainerSessionTest::note)
                .servlet("/open", ContainerSessionTest::note)
                .start();
    }

    /** Says what was kept, then keeps who asks. */
    private static void note(HttpServletRequest request, HttpServletResponse response) throws IOException {
        HttpSession there = request.getSession(false);
        response.getWriter().print(there == null ? "nothing" : there.getAttribute("kept"));
        if (!"peek".equals(request.getQueryString())) {
            request.getSession().setAttribute("kept", "of " + request.getRemoteUser());
        }
    }

    private static String container(JettyApp.Answer answer) {
        return answer.header("Set-Cookie").split(";", 2)[0];
    }

    private static String both(String session, String container) {
        return session + "; " + container;
    }

    @Test
    void ses01whoSignsInNextSeesNothingOfWhoWasThereBefore() throws Exception {
        String ada = app.logIn("ada");
        String container = container(app.get("/app/x", ada));
        assertEquals("of ada", app.get("/app/x", both(ada, container)).body());
        String eve = app.logIn("eve"); // ada's session ended by itself, so nobody logged out
        assertEquals("nothing", app.get("/app/x?peek", both(eve, container)).body());
        assertEquals("nothing", app.get("/app/x?peek", both(ada, container)).body());
    }

    @Test
    void ses01whoSignsInNextGetsAnEmptyOne() throws Exception {
        String container = container(app.get("/app/x", app.logIn("ada")));
        JettyApp.Answer eve = app.get("/app/x", both(app.logIn("eve"), container));
        assertEquals("nothing", eve.body());
        assertTrue(container(eve).startsWith("JSESSIONID="), eve.head());
    }

    @Test
    void theSamePersonFindsItAgain() throws Exception {
        String container = container(app.get("/app/x", app.logIn("ada")));
        assertEquals(
                "of ada", app.get("/app/x", both(app.logIn("ada"), container)).body());
    }

    @Test
    void whatAVisitorCollectedIsKept() throws Exception {
        String container = container(app.get("/open", "X-None: 1"));
        assertEquals(
                "of null", app.get("/app/x", both(app.logIn("ada"), container)).body());
    }
}
