package io.ostiary.core.oauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ostiary.core.FailureReason;
import io.ostiary.core.SetCookie;
import io.ostiary.core.UrlEncoded;
import io.ostiary.testkit.FakeRequest;
import java.net.URI;
import org.junit.jupiter.api.Test;

/** Answers that come as a POST from the provider's page (OAuth 2.0 Form Post Response Mode). */
final class FormPostTest {
    @Test
    void formPostAnswersAreTaken() {
        try (Fixture post = new Fixture("response-mode", "form-post")) {
            String url = post.start();
            assertTrue(url.contains("response_mode=form_post"));
            String form = post.op.authorize(url);
            assertInstanceOf(
                    CallbackResult.Proven.class,
                    post.callback(
                            post.withJar(FakeRequest.post("/auth/callback/op").form(form))));
        }
    }

    @Test
    void formPostErrorsAreTaken() {
        try (Fixture post = new Fixture("response-mode", "form-post")) {
            String form =
                    "error=access_denied&state=" + state(post.start()) + "&iss=" + UrlEncoded.encode(post.op.issuer());
            Fixture.assertFailed(
                    FailureReason.LOGIN_CANCELLED,
                    post.callback(
                            post.withJar(FakeRequest.post("/auth/callback/op").form(form))));
        }
    }

    @Test
    void cookieTravelsWithACrossSitePost() {
        try (Fixture post = new Fixture("response-mode", "form-post")) {
            StartResult.Started started = assertInstanceOf(
                    StartResult.Started.class,
                    post.login.start(FakeRequest.get("/auth/login/op"), "op", null, Fixture.CALLBACK));
            SetCookie pending = started.reply().cookies().get(0);
            assertEquals("None", pending.sameSite());
            assertTrue(pending.secure());
        }
    }

    private static String state(String url) {
        return UrlEncoded.values(URI.create(url).getRawQuery(), "state").get(0);
    }
}
