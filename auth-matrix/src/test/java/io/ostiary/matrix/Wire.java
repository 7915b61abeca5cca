package io.ostiary.matrix;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A socket and nothing else: what is sent is sent byte for byte, and a character stands for one byte. */
record Wire(int port) {
    private static final int PATIENCE_MILLIS = 20_000;

    /** Opens a connection; whoever asked closes it. */
    Socket connect() throws IOException {
        Socket socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.connect(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
        return socket;
    }

    /** Sends the bytes and reads until the server closes; it has to be told to. */
    Answer send(String bytes) throws IOException {
        try (Socket socket = connect()) {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            try {
                socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
                read(socket.getInputStream(), all);
            } catch (SocketTimeoutException hangs) {
                throw new IOException("no end after " + all + " to " + bytes, hangs);
            } catch (SocketException reset) {
                // What a server does that has not read all of it; what it said before counts.
            }
            return Answer.of(all.toString(StandardCharsets.ISO_8859_1));
        }
    }

    /** Until the server closes, or has said all that it promised: some leave a CONNECT open. */
    private static void read(InputStream in, ByteArrayOutputStream all) throws IOException {
        byte[] buffer = new byte[8192];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            all.write(buffer, 0, n);
            Answer soFar = Answer.of(all.toString(StandardCharsets.ISO_8859_1));
            String length = soFar.header("Content-Length");
            if (!length.isEmpty() && soFar.body().length() >= Integer.parseInt(length)
                    || soFar.status() == 101 && endsStream(soFar.body())) {
                return;
            }
        }
    }

    /** RFC 7540 section 3.2: what was asked before the upgrade is answered in frames, and the connection stays. */
    private static boolean endsStream(String frames) {
        int at = 0;
        while (at + 9 <= frames.length()) {
            int length = frames.charAt(at) << 16 | frames.charAt(at + 1) << 8 | frames.charAt(at + 2);
            boolean dataOrHeaders = frames.charAt(at + 3) <= 1;
            at += 9 + length;
            if (dataOrHeaders && (frames.charAt(at - length - 5) & 1) == 1) {
                return at <= frames.length();
            }
        }
        return false;
    }

    Answer get(String target, String... headers) throws IOException {
        return request("GET", target, headers);
    }

    Answer request(String method, String target, String... headers) throws IOException {
        return send(head(method + " " + target + " HTTP/1.1", "127.0.0.1:" + port, List.of(headers)));
    }

    static String head(String requestLine, String host, List<String> headers) {
        StringBuilder text = new StringBuilder(requestLine).append("\r\n");
        if (headers.stream().noneMatch(header -> header.regionMatches(true, 0, "Host:", 0, 5))) {
            text.append("Host: ").append(host).append("\r\n");
        }
        headers.forEach(header -> text.append(header).append("\r\n"));
        if (headers.stream().noneMatch(header -> header.regionMatches(true, 0, "Connection:", 0, 11))) {
            text.append("Connection: close\r\n");
        }
        return text.append("\r\n").toString();
    }

    /** What came back; {@code status} is 0 where nothing did. */
    record Answer(int status, String head, String body) {
        static Answer of(String raw) {
            int split = raw.indexOf("\r\n\r\n");
            String head = split < 0 ? raw : raw.substring(0, split);
            String body = split < 0 ? "" : raw.substring(split + 4);
            boolean http = head.matches("(?s)HTTP/1\\.[01] [0-9]{3}.*");
            return new Answer(http ? Integer.parseInt(head.substring(9, 12)) : 0, http ? head : "", http ? body : raw);
        }

        List<String> all(String name) {
            List<String> found = new ArrayList<>();
            head.lines()
                    .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                    .forEach(line -> found.add(line.substring(name.length() + 1).trim()));
            return found;
        }

        String header(String name) {
            List<String> found = all(name);
            return found.isEmpty() ? "" : found.get(0);
        }
    }
}
