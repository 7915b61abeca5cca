package io.ostiary.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.MultipartConfigElement;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.ee10.servlet.security.ConstraintMapping;
import org.eclipse.jetty.ee10.servlet.security.ConstraintSecurityHandler;
import org.eclipse.jetty.security.Constraint;
import org.eclipse.jetty.security.HashLoginService;
import org.eclipse.jetty.security.UserStore;
import org.eclipse.jetty.security.authentication.BasicAuthenticator;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.security.Credential;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What applications do with requests, and what they have for signing in, behind the kit in a real Jetty with a port. */
final class ApplicationPiecesTest {
    private final JettyApp app = new JettyApp();
    private String cookie = "";
    private int port;

    @AfterEach
    void stop() {
        app.close();
    }

    @BeforeEach
    void guard() {
        app.filter("login", LoginRequiredFilter.class, "/app/*", Map.of());
    }

    private void start() throws Exception {
        Server server = app.context().getServer();
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        app.start();
        port = connector.getLocalPort();
        cookie = app.logIn("vic").substring("Cookie: ".length());
    }

    private HttpURLConnection open(String path) throws IOException {
        HttpURLConnection connection = (HttpURLConnection)
                URI.create("http://127.0.0.1:" + port + path).toURL().openConnection();
        connection.setInstanceFollowRedirects(false);
        connection.setRequestProperty("Cookie", cookie);
        return connection;
    }

    private String text(String path) throws IOException {
        try (InputStream in = open(path).getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** The container judges its own constraint first; the kit neither opens it nor is opened by it. */
    @Test
    void aSecurityConstraintStandsBesideTheKit() throws Exception {
        UserStore users = new UserStore();
        users.addUser("carl", Credential.getCredential("pw"), new String[] {"container"});
        HashLoginService login = new HashLoginService("theirs");
        login.setUserStore(users);
        ConstraintSecurityHandler theirs = new ConstraintSecurityHandler();
        theirs.setAuthenticator(new BasicAuthenticator());
        theirs.setLoginService(login);
        ConstraintMapping mapping = new ConstraintMapping();
        mapping.setPathSpec("/app/theirs/*");
        mapping.setConstraint(Constraint.from("container"));
        theirs.addConstraintMapping(mapping);
        app.context().setSecurityHandler(theirs);
        app.servlet("/app/*", (request, response) -> response.getWriter().print(request.getRemoteUser()));
        start();
        String basic = "Authorization: Basic Y2FybDpwdw==";
        String session = "Cookie: " + cookie;
        assertEquals(401, app.get("/app/theirs/x", session).status());
        assertEquals(401, app.get("/app/theirs/x", basic).status());
        assertEquals("vic", app.get("/app/theirs/x", session, basic).body(), "who signed in here is shown");
        assertEquals("vic", app.get("/app/ours", session).body());
    }

    @Test
    void theStandardMethodsForSigningInWork() throws Exception {
        app.servlet("/app/login", (request, response) -> {
            try {
                request.login("carl", "pw");
            } catch (ServletException refused) {
                response.getWriter().print(refused.getMessage());
            }
        });
        app.servlet(
                "/app/authenticate", (request, response) -> response.getWriter().print(request.authenticate(response)));
        app.servlet("/app/logout", (request, response) -> {
            request.logout();
            response.getWriter().print(request.getRemoteUser());
        });
        start();
        assertEquals("somebody is logged in already", text("/app/login"));
        assertEquals("true", text("/app/authenticate"));
        assertEquals("null", text("/app/logout"));
        assertNotEquals(200, open("/app/authenticate").getResponseCode());
    }

    /** Its script takes a partial response with status 200 and nothing else; Faces is not asked for the view. */
    @Test
    void aPageOfFacesWhoseSessionIsOverIsLeftForTheLoginPage() throws Exception {
        app.setting("base-url", "http://localhost");
        app.servlet(
                "/app/page.xhtml", (request, response) -> response.getWriter().print("ViewExpiredException"));
        start();
        JettyApp.Answer over = app.send(
                "POST",
                "/app/page.xhtml",
                "Cookie: ostiary=gone",
                "Content-Length: 0",
                "Faces-Request: partial/ajax",
                "Origin: http://localhost",
                "Referer: http://localhost/app/page.xhtml?x=1");
        assertEquals(200, over.status());
        assertEquals("text/xml;charset=utf-8", over.header("Content-Type").toLowerCase(Locale.ROOT));
        assertEquals(
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                        + "<partial-response><redirect"
                        + " url=\"/auth/login?next=%2Fapp%2Fpage.xhtml%3Fx%3D1&amp;reason=expired\"></redirect></partial-response>",
                over.body());
    }

    @Test
    void filesAreUploaded() throws Exception {
        ServletHolder upload = new ServletHolder("upload", Upload.class);
        upload.getRegistration().setMultipartConfig(new MultipartConfigElement(System.getProperty("java.io.tmpdir")));
        app.context().addServlet(upload, "/app/upload");
        start();
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/app/upload"))
                .header("Cookie", cookie)
                .header("Content-Type", "multipart/form-data; boundary=b")
                .header("Sec-Fetch-Site", "same-origin")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a.txt\"\r\n\r\n"
                                + "x".repeat(300_000) + "\r\n--b--\r\n"))
                .build();
        assertEquals(
                "a.txt 300000 vic",
                HttpClient.newHttpClient()
                        .send(request, HttpResponse.BodyHandlers.ofString())
                        .body());
    }

    /** Reads a file. */
    public static final class Upload extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doPost(HttpServletRequest request, HttpServletResponse response)
                throws IOException, ServletException {
            var part = request.getPart("f");
            response.getWriter()
                    .print(part.getSubmittedFileName() + " " + part.getSize() + " " + request.getRemoteUser());
        }
    }

    @Test
    void muchIsStreamedWithoutBeingKept() throws Exception {
        byte[] block = new byte[1 << 16];
        app.servlet("/app/big", (request, response) -> {
            ServletOutputStream out = response.getOutputStream();
            for (int i = 0; i < 2048; i++) {
                out.write(block);
            }
        });
        start();
        long count = 0;
        try (InputStream in = open("/app/big").getInputStream()) {
            byte[] buffer = new byte[1 << 16];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                count += n;
            }
        }
        assertEquals(2048L << 16, count);
    }

    @Test
    void answersAreCompressedByAFilterOfTheApplication() throws Exception {
        app.servlet("/app/page", (request, response) -> {
            response.setHeader("Content-Encoding", "gzip");
            try (GZIPOutputStream zip = new GZIPOutputStream(response.getOutputStream())) {
                zip.write(("page for " + request.getRemoteUser()).getBytes(StandardCharsets.UTF_8));
            }
        });
        start();
        HttpURLConnection connection = open("/app/page");
        byte[] sent;
        try (InputStream in = connection.getInputStream()) {
            sent = in.readAllBytes();
        }
        assertEquals("gzip", connection.getHeaderField("Content-Encoding"));
        try (GZIPInputStream zip = new GZIPInputStream(new ByteArrayInputStream(sent))) {
            assertEquals("page for vic", new String(zip.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    /** The first event is read before the second is sent: nothing in between waits for the end. */
    @Test
    void eventsArriveOneByOne() throws Exception {
        var second = new java.util.concurrent.CountDownLatch(1);
        app.servlet("/app/events", (request, response) -> {
            response.setContentType("text/event-stream");
            AsyncContext async = request.startAsync();
            String user = request.getRemoteUser();
            async.start(() -> {
                try {
                    response.getWriter().print("data: one for " + user + "\n\n");
                    response.flushBuffer();
                    second.await();
                    response.getWriter().print("data: two\n\n");
                } catch (IOException | InterruptedException e) {
                    throw new IllegalStateException(e);
                } finally {
                    async.complete();
                }
            });
        });
        start();
        try (var lines = new java.io.BufferedReader(
                new java.io.InputStreamReader(open("/app/events").getInputStream(), StandardCharsets.UTF_8))) {
            assertEquals("data: one for vic", lines.readLine());
            second.countDown();
            assertEquals("", lines.readLine());
            assertEquals("data: two", lines.readLine());
        }
    }

    @Test
    void identitiesDoNotMixOnVirtualThreads() throws Exception {
        Executor virtual = VirtualThreads.getDefaultVirtualThreadsExecutor();
        Assumptions.assumeTrue(virtual != null, "needs JDK 21");
        ((QueuedThreadPool) app.context().getServer().getThreadPool()).setVirtualThreadsExecutor(virtual);
        app.servlet(
                "/app/me",
                (request, response) ->
                        response.getWriter().print(request.getRemoteUser() + " " + VirtualThreads.isVirtualThread()));
        start();
        assertEquals("vic true", text("/app/me"));
        for (int i = 0; i < 50; i++) {
            String name = "person" + i;
            cookie = app.logIn(name).substring("Cookie: ".length());
            assertEquals(name + " true", text("/app/me"));
            cookie = "none=none";
            assertNotEquals(200, open("/app/me").getResponseCode());
        }
    }

    @Test
    void twoFiltersOfOneClassAndOneServletBehindBoth() throws Exception {
        app.filter("a", RoleRequiredFilter.class, "/app/a/*", Map.of("roles", "a"));
        app.filter("b", RoleRequiredFilter.class, "/app/a/b/*", Map.of("roles", "b"));
        app.setting("rbac.roles", "a, b");
        app.servlet("/app/*", (request, response) -> response.getWriter().print(request.getRemoteUser()));
        start();
        assertEquals(403, app.get("/app/a/b/x", app.logIn("one", "a")).status());
        assertEquals(403, app.get("/app/a/b/x", app.logIn("two", "b")).status());
        assertEquals("both", app.get("/app/a/b/x", app.logIn("both", "a", "b")).body());
        assertTrue(app.get("/app/a/x", app.logIn("one", "a")).body().equals("one"));
        assertFalse(app.get("/app/a/x", app.logIn("two", "b")).body().equals("two"));
    }
}
