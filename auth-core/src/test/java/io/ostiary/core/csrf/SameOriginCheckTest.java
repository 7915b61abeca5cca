package io.ostiary.core.csrf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.ostiary.core.BaseUrl;
import io.ostiary.testkit.FakeRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SameOriginCheckTest {
    private final SameOriginCheck check = new SameOriginCheck(BaseUrl.of("https://app.example/shop"));

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "same-origin, https://app.example, -, true",
                "same-origin, null, -, true",
                "same-origin, -, -, true",
                "none, -, -, true",
                "same-origin, https://evil.example, -, false",
                "same-origin, https://app.example.evil.example, -, false",
                "same-site, https://app.example, -, false",
                "cross-site, https://app.example, -, false",
                "cross-site, -, -, false",
                "'', https://app.example, -, false",
                "-, https://app.example, -, true",
                "-, https://app.example:443, -, false",
                "-, http://app.example, -, false",
                "-, https://APP.example, -, false",
                "-, null, -, false",
                "-, '', -, false",
                "-, https://evil.example, https://app.example/, false",
                "-, -, https://app.example/shop/x, true",
                "-, -, https://app.example, true",
                "-, -, https://app.example.evil.example/, false",
                "-, -, https://evil.example/https://app.example/, false",
                "-, -, '', false",
                "-, -, -, true",
            })
    void judgesByWhatTheBrowserSays(String site, String origin, String referer, boolean passes) {
        FakeRequest request = FakeRequest.post("/auth/logout");
        if (site != null) {
            request.header("Sec-Fetch-Site", site);
        }
        if (origin != null) {
            request.header("Origin", origin);
        }
        if (referer != null) {
            request.header("Referer", referer);
        }
        assertEquals(passes, check.passes(request));
    }

    @Test
    void refusesTwoOrigins() {
        assertFalse(check.passes(FakeRequest.post("/x")
                .header("Origin", "https://app.example")
                .header("Origin", "https://app.example")));
    }

    @Test
    void refusesWhereTheOwnOriginIsNotKnown() {
        assertFalse(new SameOriginCheck(BaseUrl.ofLoopbackRequests()).passes(FakeRequest.post("/x")));
    }
}
