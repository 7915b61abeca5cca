package io.ostiary.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who is refused before the body was read must be able to tell whether the connection can be used again. */
final class ConnectionTest {
    private static final String BODY = "name=Mallory";
    private static Matrix matrix;

    @BeforeAll
    static void start() throws Exception {
        matrix = Matrix.shared();
    }

    @ParameterizedTest
    @CsvSource({
        "401, /admin/x, Accept: application/json",
        "400, /public/..%2fadmin/x, Accept: application/json",
        "403, /app/home, Origin: https://evil.example",
        "302, /admin/x, Accept: text/html"
    })
    void aRefusedBodyNeverLeavesAConnectionThatIsPromisedAndGone(int status, String target, String header)
            throws Exception {
        Wire wire = matrix.wire();
        List<String> headers = List.of(
                header,
                status == 403 ? matrix.signedIn("vic").cookieLine() : "X-Nobody: 1",
                "Connection: keep-alive",
                "Content-Type: application/x-www-form-urlencoded",
                "Content-Length: " + BODY.length());
        try (Socket socket = wire.connect()) {
            say(socket, Wire.head("POST " + target + " HTTP/1.1", "127.0.0.1:" + matrix.port(), headers));
            Wire.Answer refused = whole(socket.getInputStream());
            assertEquals(status, refused.status(), refused.toString());
            if (refused.header("Connection").equalsIgnoreCase("close")) {
                return;
            }
            String next = Wire.head("GET /public/x HTTP/1.1", "127.0.0.1:" + matrix.port(), List.of());
            assertEquals(200, answered(socket, BODY + next).status(), refused.toString());
        }
    }

    private static Wire.Answer answered(Socket socket, String bytes) throws IOException {
        try {
            say(socket, bytes);
            return whole(socket.getInputStream());
        } catch (SocketException gone) {
            return Wire.Answer.of("");
        }
    }

    private static void say(Socket socket, String bytes) throws IOException {
        socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** One answer; the connection may go on. */
    private static Wire.Answer whole(InputStream in) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0; b = in.read()) {
            all.write(b);
            Wire.Answer soFar = Wire.Answer.of(all.toString(StandardCharsets.ISO_8859_1));
            String length = soFar.header("Content-Length");
            if (!length.isEmpty()
                    && all.toString(StandardCharsets.ISO_8859_1).contains("\r\n\r\n")
                    && soFar.body().length() >= Integer.parseInt(length)) {
                break;
            }
        }
        return Wire.Answer.of(all.toString(StandardCharsets.ISO_8859_1));
    }
}
