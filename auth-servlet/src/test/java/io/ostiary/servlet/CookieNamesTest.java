package io.ostiary.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.ostiary.core.proxy.Proxies;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A name that comes twice is seen, whatever the container makes of it. */
final class CookieNamesTest {
    @ParameterizedTest
    @CsvSource({
        "'', 0",
        "sid, 0",
        "sid=, 1",
        "sid=1, 1",
        "sid=1; sid=2, 2",
        "sid=1;sid=2;sid=3, 3",
        "' sid =1;\tsid\t= 2;', 2",
        "xsid=1; sidx=2; x=sid=3, 0",
        "a=1; sid; =sid=1, 0",
        "SID=1, 0"
    })
    void countsPairs(String line, int times) {
        assertEquals(times, CookieNames.count(line, "sid"));
    }

    @Test
    void aContainerThatKeepsOneOfTwoHidesNothing() {
        HttpServletRequest request = mock(HttpServletRequest.class);
        ServletAuthRequest view = new ServletAuthRequest(request, Proxies.NONE);
        when(request.getCookies()).thenReturn(new Cookie[] {new Cookie("sid", "1")});
        when(request.getHeaders("Cookie")).thenReturn(Collections.enumeration(List.of("sid=1; x=2")));
        assertEquals(List.of("1"), view.cookies("sid"));
        when(request.getHeaders("Cookie")).thenReturn(Collections.enumeration(List.of("sid=1; sid=2")));
        assertEquals(List.of("1", "1"), view.cookies("sid"));
        when(request.getHeaders("Cookie")).thenReturn(Collections.enumeration(List.of("sid=1", "sid=2")));
        assertEquals(List.of("1", "1"), view.cookies("sid"));
    }
}
