package io.ostiary.core.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ostiary.core.Reply;
import io.ostiary.core.crypto.Tokens;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PagesTest {
    private static final String HOSTILE = "<script>alert(1)</script>\"'&";

    @Test
    void everyTextIsEscaped() {
        for (Reply page : List.of(
                Pages.login(200, List.of(new Pages.LoginLink(HOSTILE, HOSTILE)), HOSTILE),
                Pages.confirmLogout(HOSTILE, HOSTILE),
                PartialResponse.redirect(HOSTILE),
                Pages.message(400, HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE))) {
            assertFalse(page.body().contains("<script"), page.body());
            assertTrue(page.body().contains("&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;"), page.body());
        }
    }

    @Test
    void thePolicyAllowsTheOneStyleSheetAndNothingElse() {
        Reply page = Pages.login(200, List.of(), null);
        String style = page.body()
                .substring(page.body().indexOf("<style>") + 7, page.body().indexOf("</style>"));
        String hash = Base64.getEncoder().encodeToString(Tokens.sha256(style.getBytes(StandardCharsets.UTF_8)));
        assertEquals(
                "default-src 'none'; style-src 'sha256-" + hash + "'; base-uri 'none'; frame-ancestors 'none'",
                page.headerOrEmpty("Content-Security-Policy"));
        assertFalse(page.body().contains("http://") || page.body().contains("https://"));
    }

    @Test
    void pagesAreNotCachedSniffedOrFramed() {
        Reply page = Pages.confirmLogout("/auth/logout", "/");
        assertEquals("no-store", page.headerOrEmpty("Cache-Control"));
        assertEquals("nosniff", page.headerOrEmpty("X-Content-Type-Options"));
        assertEquals("text/html; charset=utf-8", page.headerOrEmpty("Content-Type"));
        assertTrue(page.body().contains("<form method=\"post\" action=\"/auth/logout\">"));
    }

    @Test
    void saysSoWhenThereIsNoWayToSignIn() {
        assertTrue(Pages.login(200, List.of(), null).body().contains("No way to sign in is set up"));
    }

    @Test
    void leavesOutWhatIsNotThere() {
        String page = Pages.message(404, "Not found", "There is no such page.", "", "", "")
                .body();
        assertFalse(page.contains("Reference") || page.contains("class=\"button\"") || page.contains("note\""));
    }
}
