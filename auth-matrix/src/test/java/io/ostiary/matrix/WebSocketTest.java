package io.ostiary.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6455 section 4.2: nobody opens an endpoint of the container that a guard covers; whoever may, does. */
final class WebSocketTest {
    private static Matrix matrix;

    @BeforeAll
    static void start() throws Exception {
        matrix = Matrix.shared();
    }

    /** The answer to the opening handshake, and to {@code hello} where it is 101. */
    private static String open(String path, String... headers) throws IOException {
        return open(matrix, path, headers);
    }

    private static String open(Matrix matrix, String path, String... headers) throws IOException {
        List<String> all = new ArrayList<>(Arrays.asList(headers));
        all.add("Connection: Upgrade");
        all.add("Upgrade: websocket");
        all.add("Sec-WebSocket-Version: 13");
        all.add("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
        String head = Wire.head("GET " + path + " HTTP/1.1", "127.0.0.1:" + matrix.port(), all);
        try (Socket socket = matrix.wire().connect()) {
            socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
            InputStream in = socket.getInputStream();
            String status = line(in).split(" ", 3)[1];
            if (!status.equals("101")) {
                return status;
            }
            while (!line(in).isEmpty()) {
                // headers
            }
            socket.getOutputStream().write(masked("hello"));
            in.read(); // FIN and text
            return status + " " + new String(in.readNBytes(in.read()), StandardCharsets.UTF_8);
        }
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n' && c >= 0; c = in.read()) {
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    /** A text frame of a client, RFC 6455 section 5.3. */
    private static byte[] masked(String text) {
        byte[] payload = text.getBytes(StandardCharsets.UTF_8);
        byte[] mask = {1, 2, 3, 4};
        byte[] frame = new byte[6 + payload.length];
        frame[0] = (byte) 0x81;
        frame[1] = (byte) (0x80 | payload.length);
        System.arraycopy(mask, 0, frame, 2, 4);
        for (int i = 0; i < payload.length; i++) {
            frame[6 + i] = (byte) (payload[i] ^ mask[i % 4]);
        }
        return frame;
    }

    /** The initializer that puts the kit in front may run before that of the container, or after. */
    @Test
    void nobodyOpensOneWhereTheKitIsDroppedIn() throws Exception {
        try (Matrix dropped = Matrix.droppedIn()) {
            String own = "Origin: http://127.0.0.1:" + dropped.port();
            assertEquals("401", open(dropped, "/admin/ws", own));
            assertEquals("401", open(dropped, "/app/ws", own));
            assertEquals("101 echo hello", open(dropped, "/public/ws", own));
            String vic = dropped.signedIn("vic", "user").cookieLine();
            assertEquals("403", open(dropped, "/admin/ws", own, vic));
            assertEquals("101 echo hello", open(dropped, "/app/ws", own, vic));
        }
    }

    private static String origin() {
        return "Origin: http://127.0.0.1:" + matrix.port();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/admin/ws", "/app/ws", "/api/ws", "/ctx/admin/ws"})
    void nobodyOpensIt(String path) throws Exception {
        assertEquals("401", open(path, origin()));
    }

    @Test
    void whoLacksTheRoleOpensNone() throws Exception {
        assertEquals(
                "403",
                open("/admin/ws", origin(), matrix.signedIn("vic", "user").cookieLine()));
    }

    @Test
    void whoHasTheRoleIsHeard() throws Exception {
        String cookie = matrix.signedIn("ada", "admin").cookieLine();
        assertEquals("101 echo hello", open("/admin/ws", origin(), cookie));
        assertEquals("101 echo hello", open("/app/ws", origin(), cookie));
    }

    @Test
    void aKeyOpensItsZone() throws Exception {
        assertEquals("101 echo hello", open("/api/ws", "X-API-KEY: " + matrix.key()));
    }

    @Test
    void whatNoGuardCoversIsOpen() throws Exception {
        assertEquals("101 echo hello", open("/public/ws", origin()));
    }

    /** ASVS 4.4.2: the browser of somebody who is signed in, led by another site. */
    @Test
    void anotherSiteOpensNone() throws Exception {
        String cookie = matrix.signedIn("ada", "admin").cookieLine();
        assertEquals("403", open("/app/ws", "Origin: https://evil.example", "Sec-Fetch-Site: cross-site", cookie));
        assertEquals("403", open("/app/ws", "Origin: null", cookie));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/admin//ws", "/admin/;/ws", "/public/..;/admin/ws", "/%61dmin/%2e/ws", "/ADMIN/ws"})
    void noSpellingOpensIt(String path) throws Exception {
        String status = open(path, origin());
        assertTrue(status.startsWith("4"), status);
    }
}
