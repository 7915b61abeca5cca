package io.ostiary.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A process of its own that asks a server on the loopback address for one page, again and again, over connections that stay
 * open, one request at a time on each. Reads orders from its standard input, one a line: port, path, header, milliseconds,
 * separated by tabs. Answers each with requests a second and the 99th percentile of the time of one, in microseconds.
 */
public final class LoadClient {
    private static final int CONNECTIONS = 32;
    private static final int BUFFER = 16 * 1024;
    private final byte[] request;
    private final Selector selector = Selector.open();
    private long[] took = new long[1 << 14];
    private int answers;
    private boolean counting;

    private LoadClient(String path, String header) throws IOException {
        request = ("GET " + path + " HTTP/1.1\r\nHost: localhost:8080\r\nAccept: */*\r\n" + header + "\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    public static void main(String[] args) throws IOException {
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        for (String order = orders.readLine(); order != null; order = orders.readLine()) {
            String[] parts = order.split("\t");
            System.out.println(new LoadClient(parts[1], parts[2])
                    .run(Integer.parseInt(parts[0]), Long.parseLong(parts[3]) * 1_000_000));
        }
    }

    /** The clock starts when each connection has had an answer. */
    private String run(int port, long nanos) throws IOException {
        Connection[] all = new Connection[CONNECTIONS];
        for (int i = 0; i < CONNECTIONS; i++) {
            all[i] = new Connection(port);
            all[i].ask();
        }
        while (!Arrays.stream(all).allMatch(connection -> connection.answered)) {
            turn();
        }
        answers = 0;
        counting = true;
        long start = System.nanoTime();
        while (System.nanoTime() - start < nanos) {
            turn();
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        for (Connection connection : all) {
            connection.channel.close();
        }
        selector.close();
        Arrays.sort(took, 0, answers);
        return answers / seconds + " " + took[(int) (answers * 0.99)] / 1e3;
    }

    private void turn() throws IOException {
        selector.select(1_000);
        for (SelectionKey key : selector.selectedKeys()) {
            Connection connection = (Connection) key.attachment();
            if (connection.read()) {
                note(System.nanoTime() - connection.asked);
                connection.ask();
            }
        }
        selector.selectedKeys().clear();
    }

    private void note(long nanos) {
        if (counting) {
            if (answers == took.length) {
                took = Arrays.copyOf(took, took.length * 2);
            }
            took[answers++] = nanos;
        }
    }

    private final class Connection {
        final SocketChannel channel;
        private final ByteBuffer in = ByteBuffer.allocate(BUFFER);
        private final ByteBuffer out = ByteBuffer.wrap(request);
        private long asked;
        private boolean answered;

        Connection(int port) throws IOException {
            channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, this);
        }

        void ask() throws IOException {
            in.clear();
            out.rewind();
            asked = System.nanoTime();
            while (out.hasRemaining()) {
                channel.write(out);
            }
        }

        /** True if the answer is all there. */
        boolean read() throws IOException {
            if (channel.read(in) < 0) {
                throw new IOException("the server hung up");
            }
            String text = new String(in.array(), 0, in.position(), StandardCharsets.ISO_8859_1);
            int end = text.indexOf("\r\n\r\n");
            if (end < 0) {
                return false;
            }
            if (!text.startsWith("HTTP/1.1 200 ")) {
                throw new IOException("not answered as it should be: " + text);
            }
            boolean whole = in.position() >= end + 4 + length(text);
            answered |= whole;
            return whole;
        }

        private static int length(String text) {
            int at = text.indexOf("\r\nContent-Length: ");
            int from = at + "\r\nContent-Length: ".length();
            return Integer.parseInt(text.substring(from, text.indexOf("\r\n", from)));
        }
    }
}
