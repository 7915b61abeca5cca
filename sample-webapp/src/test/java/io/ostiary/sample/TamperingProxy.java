package io.ostiary.sample;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.UnaryOperator;

/** Stands on loopback between a client and a server, and may change the one request of each connection on its way. */
final class TamperingProxy implements AutoCloseable {
    private static final List<String> HOP_BY_HOP = List.of("connection:", "upgrade:", "http2-settings:");
    private final ServerSocket socket;
    private final int port;
    private final Thread thread;
    private volatile UnaryOperator<byte[]> change = UnaryOperator.identity();
    private volatile byte[] seen = {};
    private volatile int status;

    TamperingProxy(String target) throws IOException {
        socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        port = URI.create(target).getPort();
        thread = new Thread(this::serve, "proxy");
        thread.start();
    }

    String url() {
        return "http://127.0.0.1:" + socket.getLocalPort();
    }

    /** What happens to the bytes of each request from now on; none are sent on if none come back. */
    void change(UnaryOperator<byte[]> how) {
        change = how;
    }

    /** The latest request as the client sent it, but for what concerns the connection only. */
    byte[] seen() {
        return seen.clone();
    }

    /** Of the latest answer. */
    int status() {
        return status;
    }

    /** Sends bytes as they are and returns the whole answer. */
    byte[] exchange(byte[] request) throws IOException {
        try (Socket server = new Socket(InetAddress.getLoopbackAddress(), port)) {
            server.getOutputStream().write(request);
            return server.getInputStream().readAllBytes();
        } catch (SocketException reset) { // by a server that reads no further
            return new byte[0];
        }
    }

    static int status(byte[] answer) {
        String head = new String(answer, 0, Math.min(12, answer.length), StandardCharsets.ISO_8859_1);
        return head.matches("HTTP/1\\.1 [0-9]{3}") ? Integer.parseInt(head.substring(9)) : 0;
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (Socket client = socket.accept()) {
                seen = request(client.getInputStream());
                byte[] changed = change.apply(seen);
                byte[] answer = changed.length == 0
                        ? "HTTP/1.1 503 Held\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                                .getBytes(StandardCharsets.ISO_8859_1)
                        : exchange(changed);
                status = status(answer);
                client.getOutputStream().write(answer);
            } catch (IOException closed) {
                if (!socket.isClosed()) {
                    throw new UncheckedIOException(closed);
                }
            }
        }
    }

    /** One request with its body; the server is told to close afterwards. */
    private static byte[] request(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        int length = 0;
        while (true) {
            String line = line(in);
            String small = line.toLowerCase(java.util.Locale.ROOT);
            if (small.startsWith("content-length:")) {
                length = Integer.parseInt(small.substring(15).strip());
            }
            if (line.isEmpty()) {
                break;
            }
            if (HOP_BY_HOP.stream().noneMatch(small::startsWith)) {
                head.append(line).append("\r\n");
            }
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(head.append("Connection: close\r\n\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        all.writeBytes(in.readNBytes(length));
        return all.toByteArray();
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int octet = in.read(); octet != '\n'; octet = in.read()) {
            if (octet < 0) {
                throw new IOException("a client went away");
            }
            line.append((char) octet);
        }
        return line.toString().strip();
    }

    @Override
    public void close() throws IOException {
        socket.close();
        thread.interrupt();
    }
}
