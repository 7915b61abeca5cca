package io.ostiary.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ostiary.apikey.ApiKeyRecord.Grant;
import io.ostiary.apikey.ApiKeys;
import io.ostiary.apikey.FileApiKeyStore;
import io.ostiary.apikey.signature.RequestSigner;
import io.ostiary.apikey.signature.SignatureKey;
import io.ostiary.core.Secret;
import io.ostiary.core.crypto.MasterKey;
import io.ostiary.core.crypto.Tokens;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The body whose digest was checked is the one that the application reads, in a real container. */
final class SignedBodyTest {
    private static final String FORM = "application/x-www-form-urlencoded";
    private String target = "/x/y?a=1&c=3";
    private final JettyApp app = new JettyApp();
    private final InstantSource clock = InstantSource.system();
    private RequestSigner signer = signer("AAAAAAAAAAAAAAAA", Secret.of("s".repeat(32)));

    @TempDir
    private Path directory;

    private RequestSigner signer(String id, Secret secret) {
        return new RequestSigner(id, SignatureKey.shared(secret), null, new Tokens(), clock);
    }

    @BeforeEach
    void key() {
        String master = "m".repeat(32);
        Path file = directory.resolve("keys.properties");
        ApiKeys keys = new ApiKeys(FileApiKeyStore.openOrCreate(file, clock), new Tokens(), clock);
        ApiKeys.Issued issued =
                keys.create(new ApiKeys.Draft("live", "billing", "test", Grant.of(Set.of(), Set.of()), null));
        ApiKeys.IssuedSecret shared = Objects.requireNonNull(
                keys.shareSecret(issued.record(), new MasterKey(Secret.of(master)), Duration.ZERO));
        signer = signer(issued.key().id(), shared.secret());
        app.setting("apikey.file", file.toString())
                .setting("secret", master)
                .filter("outer", ApiKeyFilter.class, "/x/*", Map.of("schemes", "apikey, signature"))
                .filter("inner", ApiKeyFilter.class, "/x/*", Map.of("schemes", "signature"));
    }

    @AfterEach
    void stop() {
        app.close();
    }

    private JettyApp.Answer post(String type, String body) throws Exception {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        Map<String, String> signed = signer.sign("POST", URI.create("http://localhost" + target), type, bytes);
        StringBuilder request = new StringBuilder("POST " + target + " HTTP/1.1\r\nHost: localhost\r\n");
        request.append("Content-Type: " + type + "\r\nContent-Length: " + bytes.length + "\r\n");
        signed.forEach((name, value) -> request.append(name + ": " + value + "\r\n"));
        request.append("Connection: close\r\n\r\n").append(new String(bytes, StandardCharsets.ISO_8859_1));
        return JettyApp.Answer.parse(app.raw(request.toString()));
    }

    @Test
    void sig07TheApplicationReadsTheBodyAsAStream() throws Exception {
        app.servlet("/x/*", (request, response) -> {
            byte[] body = request.getInputStream().readAllBytes();
            response.getWriter()
                    .print(body.length + " " + request.getInputStream().isFinished());
        });
        app.start();
        assertEquals("100000 true", post("text/plain", "x".repeat(100_000)).body());
    }

    @Test
    void sig07TheApplicationReadsTheBodyByAReader() throws Exception {
        app.servlet("/x/*", (request, response) -> {
            response.setContentType("text/plain;charset=utf-8");
            response.getWriter().print(request.getReader().readLine() + request.getParameter("a"));
        });
        app.start();
        assertEquals("Zo\u00eb1", post("text/plain;charset=utf-8", "Zo\u00eb").body());
    }

    @Test
    void sig07TheApplicationReadsTheParametersOfAForm() throws Exception {
        app.servlet("/x/*", (request, response) -> {
            String names = String.join(",", Collections.list(request.getParameterNames()));
            String all = String.join(",", request.getParameterValues("a"));
            response.getWriter()
                    .print(names + " " + all + " " + request.getParameter("b") + request.getParameter("none"));
        });
        app.start();
        assertEquals("a,c,b 1,2+ x ynull", post(FORM, "a=2%2B&b=x+y").body());
    }

    /** Servlet 6.0: one of the two, as for the container's own; and no listener. */
    @Test
    void sig07TheBodyIsReadOneWayOnly() throws Exception {
        app.servlet("/x/*", (request, response) -> {
            ServletInputStream stream = request.getInputStream();
            assertThrows(IllegalStateException.class, request::getReader);
            assertThrows(IllegalStateException.class, () -> stream.setReadListener(new NoListener()));
            assertSame(stream, request.getInputStream());
            assertTrue(stream.isReady());
            assertFalse(stream.isFinished());
            response.getWriter().print((char) stream.read());
        });
        app.servlet("/x/reader", (request, response) -> {
            assertSame(request.getReader(), request.getReader());
            assertThrows(IllegalStateException.class, request::getInputStream);
            response.getWriter().print(request.getParameterValues("none") == null);
        });
        app.start();
        assertEquals("a", post("text/plain", "abc").body());
        target = "/x/reader";
        assertEquals("true", post(FORM, "a=1").body());
    }

    private static final class NoListener implements ReadListener {
        @Override
        public void onDataAvailable() {}

        @Override
        public void onAllDataRead() {}

        @Override
        public void onError(Throwable fault) {}
    }

    /** No guard: only the limit looks who is asking. */
    @Test
    void sig07ALimitByAccountLeavesTheBodyToTheApplicationToo() throws Exception {
        target = "/y/z";
        app.filter("seldom", RateLimitFilter.class, "/y/*", Map.of("limit", "9 per hour", "by", "account"))
                .setting("apikey.signature.max-body", "3B")
                .servlet("/y/*", (request, response) -> {
                    String form = request.getParameter("a");
                    response.getWriter()
                            .print(form == null ? request.getReader().readLine() : form);
                });
        app.start();
        assertEquals("abc", post("text/plain", "abc").body());
        assertEquals("abcdef", post("text/plain", "abcdef").body());
        assertEquals("12345", post(FORM, "a=12345").body());
        assertEquals(500, post(FORM, "a=" + "1".repeat(1024 * 1024)).status());
    }

    @Test
    void sig07ABodyThatIsNoneIsLeftToTheContainer() throws Exception {
        app.servlet(
                "/x/*",
                (request, response) ->
                        response.getWriter().print(request.getInputStream().readAllBytes().length));
        app.start();
        assertEquals("0", post("text/plain", "").body());
    }

    /** In chunks of the same bytes a signature holds as well: it covers the content, not how it came. */
    @Test
    void sig07ABodyInChunksIsReadUpToTheCapToo() throws Exception {
        app.setting("apikey.signature.max-body", "10B")
                .servlet(
                        "/x/*",
                        (request, response) -> response.getWriter()
                                .print(new String(request.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)));
        app.start();
        assertEquals("0123456789", chunked("0123456789").body());
        assertEquals(401, chunked("0123456789a").status());
    }

    private JettyApp.Answer chunked(String body) throws Exception {
        StringBuilder request = new StringBuilder("POST " + target + " HTTP/1.1\r\nHost: localhost\r\n");
        signer.sign("POST", URI.create("http://localhost" + target), null, body.getBytes(StandardCharsets.US_ASCII))
                .forEach((name, value) -> request.append(name + ": " + value + "\r\n"));
        request.append("Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n");
        body.chars().forEach(c -> request.append("1\r\n").append((char) c).append("\r\n"));
        return JettyApp.Answer.parse(app.raw(request.append("0\r\n\r\n").toString()));
    }

    @Test
    void sig07ABodyOverTheCapIsRefused() throws Exception {
        app.setting("apikey.signature.max-body", "10B")
                .servlet("/x/*", (request, response) -> response.getWriter().print("read"));
        app.start();
        assertEquals(200, post("text/plain", "x".repeat(10)).status());
        assertEquals(401, post("text/plain", "x".repeat(11)).status());
    }

    /** Signed as having no body, with a type all the same. */
    private String head(String method, String... more) {
        StringBuilder request = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n");
        request.append("Content-Type: " + FORM + "\r\n");
        signer.sign(method, URI.create("http://localhost" + target), FORM, new byte[0])
                .forEach((name, value) -> request.append(name + ": " + value + "\r\n"));
        for (String header : more) {
            request.append(header).append("\r\n");
        }
        return request.append("Connection: close\r\n\r\n").toString();
    }

    /** It was a fault, so that anybody with a key could make the log long. */
    @Test
    void sig07ATypeWithoutABodyIsNoBody() throws Exception {
        app.servlet("/x/*", (request, response) -> response.getWriter().print(request.getParameter("a")));
        app.start();
        assertEquals("1", JettyApp.Answer.parse(app.raw(head("GET"))).body());
        assertEquals(
                "1",
                JettyApp.Answer.parse(app.raw(head("GET", "Content-Length: 0"))).body());
    }

    @Test
    void sig07ABodyThatIsNotSignedIsRefusedHoweverItComes() throws Exception {
        app.servlet("/x/*", (request, response) -> response.getWriter().print("read"));
        app.start();
        for (String body : new String[] {"3\r\na=2\r\n0\r\n\r\n", "0\r\n\r\n"}) {
            String answer = app.raw(head("POST", "Transfer-Encoding: chunked") + body);
            assertEquals(401, JettyApp.Answer.parse(answer).status(), answer);
        }
    }

    /** The containers' own forms have at most a thousand parameters; this one they do not read. */
    @Test
    void dos03ASignedFormHasAThousandParametersAtMost() throws Exception {
        app.servlet(
                "/x/*",
                (request, response) ->
                        response.getWriter().print(request.getParameterMap().size()));
        app.start();
        target = "/x/y";
        assertEquals("1000", post(FORM, form(1000)).body());
        JettyApp.Answer refused = post(FORM, form(1001));
        assertEquals(413, refused.status());
        assertTrue(refused.body().contains("urn:ostiary:problem:too-many-parameters"), refused.body());
        assertEquals("0", post("text/plain", form(1001)).body());
    }

    /** Of what only a limit looked at, the rest is counted when the application asks for it. */
    @Test
    void dos03AFormThatWasNotReadToItsEndHasAThousandParametersAtMost() throws Exception {
        target = "/y/z";
        app.filter("seldom", RateLimitFilter.class, "/y/*", Map.of("limit", "9 per hour", "by", "account"))
                .setting("apikey.signature.max-body", "3B")
                .servlet(
                        "/y/*",
                        (request, response) -> response.getWriter()
                                .print(request.getParameterMap().size()))
                .start();
        assertEquals("1000", post(FORM, form(1000)).body());
        assertEquals(500, post(FORM, form(1001)).status());
    }

    private static String form(int parameters) {
        return IntStream.range(0, parameters).mapToObj(n -> "p" + n + "=v").collect(Collectors.joining("&"));
    }
}
