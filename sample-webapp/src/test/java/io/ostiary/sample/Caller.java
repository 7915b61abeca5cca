package io.ostiary.sample;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** Sends any header, from an address of its own; keeps cookies; follows nothing. */
final class Caller {
    private final URI server;
    private final String from;
    private final SSLContext trust;
    private final Map<String, String> cookies = new LinkedHashMap<>();

    /** {@code from} is an address of this machine; {@code trust} counts where {@code server} is https. */
    Caller(String server, String from, SSLContext trust) {
        this.server = URI.create(server);
        this.from = from;
        this.trust = trust;
    }

    /** Status, header lines as they came, and the body. */
    record Answer(int status, List<String> head, String body) {
        List<String> all(String name) {
            String start = name.toLowerCase(Locale.ROOT) + ":";
            return head.stream()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start))
                    .map(line -> line.substring(start.length()).strip())
                    .toList();
        }

        String header(String name) {
            return String.join(" | ", all(name));
        }
    }

    /** A GET as a browser makes it; {@code headers} are whole lines. One that begins with {@code Host:} replaces ours. */
    Answer open(String path, String... headers) throws IOException {
        return send("GET", path, "", headers);
    }

    Answer post(String path, String form, String... headers) throws IOException {
        return send("POST", path, form, headers);
    }

    private Answer send(String method, String path, String body, String... headers) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add(method + " " + path + " HTTP/1.0"); // so that the body ends with the connection
        if (List.of(headers).stream().noneMatch(line -> line.startsWith("Host:"))) {
            lines.add("Host: " + server.getAuthority());
        }
        lines.add("Accept: text/html,application/xhtml+xml");
        if (!cookies.isEmpty()) {
            List<String> pairs = new ArrayList<>();
            cookies.forEach((name, value) -> pairs.add(name + "=" + value));
            lines.add("Cookie: " + String.join("; ", pairs));
        }
        if (method.equals("POST")) {
            lines.add("Content-Type: application/x-www-form-urlencoded");
            lines.add("Content-Length: " + body.length());
        }
        lines.addAll(List.of(headers));
        Answer answer = exchange(String.join("\r\n", lines) + "\r\n\r\n" + body);
        answer.all("Set-Cookie").forEach(this::keep);
        return answer;
    }

    private void keep(String line) {
        String pair = line.split(";", 2)[0];
        String name = pair.substring(0, pair.indexOf('='));
        cookies.put(name, pair.substring(pair.indexOf('=') + 1));
        if (line.contains("Max-Age=0")) {
            cookies.remove(name);
        }
    }

    private Answer exchange(String request) throws IOException {
        try (Socket plain = new Socket()) {
            plain.bind(new InetSocketAddress(InetAddress.getByName(from), 0));
            plain.connect(new InetSocketAddress(server.getHost(), server.getPort()));
            Socket socket = server.getScheme().equals("https") ? secured(plain) : plain;
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int end = all.indexOf("\r\n\r\n");
            if (end < 0) {
                throw new IOException("no answer but: " + all);
            }
            List<String> head = all.substring(0, end).lines().toList();
            int status = Integer.parseInt(head.get(0).replaceFirst("HTTP/1\\.[01] ([0-9]{3}).*", "$1"));
            return new Answer(status, head, all.substring(end + 4));
        }
    }

    private Socket secured(Socket plain) throws IOException {
        SSLSocket socket =
                (SSLSocket) trust.getSocketFactory().createSocket(plain, server.getHost(), server.getPort(), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        return socket;
    }
}
