package io.ostiary.servlet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.ostiary.core.AuthRequest.BodyTooLargeException;
import io.ostiary.core.proxy.Proxies;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class BodyStartTest {
    /** So many bytes 0, 1, 2 and so on. */
    private static final class Endless extends ServletInputStream {
        private final int length;
        private int read;

        Endless(int length) {
            this.length = length;
        }

        @Override
        public int read() {
            return read == length ? -1 : read++ & 0xFF;
        }

        @Override
        public int read(byte[] into, int from, int most) {
            int count = Math.min(most, length - read);
            for (int i = 0; i < count; i++) {
                into[from + i] = (byte) read++;
            }
            return count == 0 ? -1 : count;
        }

        @Override
        public boolean isFinished() {
            return read == length;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {}
    }

    @Test
    void readsNoFurtherThanOneByteOverTheCap() {
        Endless body = new Endless(Integer.MAX_VALUE);
        BodyStart start = new BodyStart(body);
        assertThrows(BodyTooLargeException.class, () -> start.whole(1000));
        assertEquals(1001, body.read);
        assertThrows(BodyTooLargeException.class, () -> start.whole(1000));
        assertEquals(1001, body.read);
    }

    @Test
    void aFirstLookDoesNotCutTheBodyForTheNext() throws IOException {
        BodyStart start = new BodyStart(new Endless(3));
        assertTrue(start.isEmpty());
        assertThrows(BodyTooLargeException.class, () -> start.whole(0));
        assertThrows(BodyTooLargeException.class, () -> start.whole(2));
        assertArrayEquals(new byte[] {0, 1, 2}, start.whole(3));
        assertArrayEquals(new byte[] {0, 1, 2}, start.whole(100));
        assertThrows(BodyTooLargeException.class, () -> start.whole(2));
    }

    /** Whoever asks whether there is a body must not be told "none" because the container has read it as a form. */
    @Test
    void sig07AFormThatWasReadBeforeIsNoEmptyBody() throws IOException {
        String form = "application/x-www-form-urlencoded; charset=utf-8";
        String message =
                assertThrows(IOException.class, () -> request(form, 5).body(0)).getMessage();
        assertEquals("the body was read as a form before", message);
        assertEquals(0, request(form, 0).body(0).length);
        assertEquals(0, request("text/plain", 5).body(0).length);
        assertEquals(0, request(null, -1).body(0).length);
        assertEquals(0, request(form, 5).body(100).length);
    }

    /** Nobody can make the kit fail by naming a type for a body that does not come. */
    @Test
    void rfc9112section63NeitherLengthNorChunksIsNoBody() throws IOException {
        String form = "application/x-www-form-urlencoded";
        assertEquals(0, request(form, -1).body(0).length);
        assertThrows(
                BodyTooLargeException.class,
                () -> request(form, -1, "HTTP/1.1", "chunked").body(0));
        assertThrows(
                BodyTooLargeException.class,
                () -> request(form, -1, "HTTP/2.0", null).body(0));
        assertEquals(0, request(form, 0, "HTTP/2.0", null).body(0).length);
    }

    /** A connector that does not show the chunks in which a form came (AJP) must not make it look like none. */
    @Test
    void sig07AFormThatWasReadOutOfHiddenChunksIsNoEmptyBody() throws IOException {
        HttpServletRequest hidden = raw("application/x-www-form-urlencoded", -1, "HTTP/1.1", null);
        when(hidden.getQueryString()).thenReturn("a=1&b=2");
        when(hidden.getParameterMap()).thenReturn(Map.of("a", new String[] {"1"}, "b", new String[] {"2"}));
        assertEquals(0, new ServletAuthRequest(hidden, Proxies.NONE).body(0).length);
        when(hidden.getParameterMap()).thenReturn(Map.of("a", new String[] {"1", "9"}, "b", new String[] {"2"}));
        assertThrows(BodyTooLargeException.class, () -> new ServletAuthRequest(hidden, Proxies.NONE).body(0));
    }

    private static ServletAuthRequest request(@Nullable String type, long length) throws IOException {
        return request(type, length, "HTTP/1.1", null);
    }

    private static ServletAuthRequest request(
            @Nullable String type, long length, String protocol, @Nullable String coding) throws IOException {
        return new ServletAuthRequest(raw(type, length, protocol, coding), Proxies.NONE);
    }

    private static HttpServletRequest raw(@Nullable String type, long length, String protocol, @Nullable String coding)
            throws IOException {
        HttpServletRequest request = mock(HttpServletRequest.class);
        when(request.getInputStream()).thenReturn(new Endless(0));
        when(request.getContentType()).thenReturn(type);
        when(request.getContentLengthLong()).thenReturn(length);
        when(request.getProtocol()).thenReturn(protocol);
        when(request.getHeader("Transfer-Encoding")).thenReturn(coding);
        return request;
    }
}
