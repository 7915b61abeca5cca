package io.ostiary.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.ostiary.core.proxy.Proxies;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An application may be mounted under a name that a URL cannot show as it is. */
final class ContextPathTest {
    @ParameterizedTest
    @CsvSource({
        "'', ''",
        "/shop, /shop",
        "/my shop, /my shop",
        "/my%20shop, /my shop",
        "/a+b%2Bc, /a+b+c",
        "/caf%C3%A9, /caf\u00e9",
        "/100%25, /100%",
        "/100%, /100%",
        "/100%zz, /100%zz",
        "/%FF, /%FF",
        "/my shop%20, /my shop%20",
        "a:%20, a:%20"
    })
    void isDecodedOnceIfItIsEncodedAtAll(String containers, String decoded) {
        ServletContext context = mock(ServletContext.class);
        when(context.getContextPath()).thenReturn(containers);
        HttpServletRequest request = mock(HttpServletRequest.class);
        when(request.getServletContext()).thenReturn(context);
        assertEquals(decoded, new ServletAuthRequest(request, Proxies.NONE).contextPath());
    }

    @Test
    void leadsBackToWhereThePersonWantedToGo() throws Exception {
        try (JettyApp app = new JettyApp()) {
            app.context().setContextPath("/my shop");
            app.filter("app", LoginRequiredFilter.class, "/app/*", Map.of())
                    .servlet(
                            "/app/*",
                            (request, response) -> response.getWriter().print("SECRET"))
                    .start();
            JettyApp.Answer answer = app.get("/my%20shop/app/home", "Accept: text/html");
            assertEquals(302, answer.status());
            assertEquals("/my%20shop/auth/login?next=%2Fmy%2520shop%2Fapp%2Fhome", answer.header("Location"));
        }
    }
}
