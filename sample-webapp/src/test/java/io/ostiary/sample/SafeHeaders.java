package io.ostiary.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.util.List;

/** What every answer of the sample must say, whatever it is. */
final class SafeHeaders {
    private SafeHeaders() {}

    static void check(String route, HttpResponse<String> answer) {
        String where = route + " " + answer.statusCode();
        assertEquals("nosniff", one(answer, "X-Content-Type-Options"), where);
        assertTrue(one(answer, "Content-Security-Policy").contains("default-src 'none'"), where);
        assertTrue(one(answer, "Content-Security-Policy").contains("frame-ancestors 'none'"), where);
        assertTrue(one(answer, "Referrer-Policy").matches("same-origin|no-referrer"), where);
        assertEquals(
                "camera=(self), geolocation=(self), microphone=(self), payment=(self)",
                one(answer, "Permissions-Policy"),
                where);
        assertEquals("same-origin", one(answer, "Cross-Origin-Opener-Policy"), where);
        assertEquals("same-site", one(answer, "Cross-Origin-Resource-Policy"), where);
        assertEquals("", one(answer, "Strict-Transport-Security"), where); // plain http
        assertEquals("", one(answer, "Server") + one(answer, "X-Powered-By"), where);
        if (route.matches("/(app|admin|editor|api|auth)([/?].*)?")) {
            // An error page of Jetty's says more than that.
            assertTrue(one(answer, "Cache-Control").matches("(.*,)?no-store"), where);
        }
    }

    /** Empty if there is none. */
    static String one(HttpResponse<String> answer, String name) {
        List<String> values = answer.headers().allValues(name);
        assertTrue(values.size() <= 1, name + " is there twice: " + values);
        return values.isEmpty() ? "" : values.get(0);
    }
}
