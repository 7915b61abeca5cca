package io.ostiary.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;
import io.ostiary.core.UrlEncoded;
import io.ostiary.sample.launcher.RunningSample;
import io.ostiary.sample.launcher.SampleLauncher;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The guest list: HTMX under the sample's policy of content, protected in both modes of CSRF. */
final class HtmxIT {
    private static final Path SHOTS = Path.of("target/screenshots");
    private static final Pattern TOKEN = Pattern.compile("<meta name=\"csrf-token\" content=\"([A-Za-z0-9_-]{86})\">");
    private static TestBrowser chromium;

    @TempDir
    private Path directory;

    @BeforeAll
    static void start() throws Exception {
        chromium = TestBrowser.launch();
        Files.createDirectories(SHOTS);
    }

    @AfterAll
    static void stop() {
        if (chromium != null) {
            chromium.close();
        }
    }

    private RunningSample sample(String mode) throws Exception {
        return SampleLauncher.start(SampleSettings.with(directory, "csrf.mode=" + mode));
    }

    @ParameterizedTest
    @ValueSource(strings = {"origin", "token"})
    void rowsAreCreatedToggledEditedAndDeleted(String mode) throws Exception {
        try (RunningSample sample = sample(mode);
                BrowserContext context = chromium.browser().newContext()) {
            List<String> complaints = new ArrayList<>();
            Page page = context.newPage();
            page.onDialog(Dialog::accept);
            signIn(page, sample, "ada");
            page.onConsoleMessage(message -> complaints.add(message.type() + ": " + message.text()));
            page.navigate(sample.baseUrl() + "/app/guests");
            page.locator("#guest").fill("Ada <b>Byron</b>");
            page.getByText("Add", new Page.GetByTextOptions().setExact(true)).click();
            Locator row = page.locator("#guests > li").nth(2);
            row.getByText("Ada <b>Byron</b>").waitFor();
            assertEquals("", page.locator("#guest").inputValue());
            row.getByText("Has arrived").click();
            row.getByText("Not here yet").waitFor();
            row.getByText("Edit").click();
            row.locator("input").fill("Ada Lovelace");
            page.screenshot(
                    new Page.ScreenshotOptions().setFullPage(true).setPath(SHOTS.resolve("guests-" + mode + ".png")));
            row.getByText("Save").click();
            row.getByText("Ada Lovelace").waitFor();
            assertTrue(row.textContent().contains("arrived"), row.textContent());
            row.getByText("Edit").click();
            row.getByText("Cancel").click();
            row.getByText("Remove").click();
            row.waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));
            assertEquals(2, page.locator("#guests > li").count());
            assertTrue(page.locator("#problem").isHidden());
            assertEquals(List.of(), complaints);

            signIn(context.newPage(), sample, "ada"); // a new session: the page that is open belongs to the old one
            page.locator("#guests > li").first().getByText("Has arrived").click();
            if (mode.equals("token")) {
                page.getByText("this page is too old").waitFor();
            } else {
                page.getByText("Not here yet").waitFor();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"origin", "token"})
    void nothingIsDoneForAnotherSiteOrForWhoMayOnlyRead(String mode) throws Exception {
        try (RunningSample sample = sample(mode)) {
            Visitor ada = new Visitor(sample.baseUrl());
            ada.logIn("ada", "/app/");
            String form = "name=Mallory";
            for (String[] sign : new String[][] {
                {"Origin", "https://evil.example"},
                {"Origin", sample.baseUrl() + "0"},
                {"Origin", sample.baseUrl(), "Sec-Fetch-Site", "cross-site"},
                {"Origin", "null"}
            }) {
                assertEquals(
                        403,
                        ada.post("/editor/guests", form, sign).statusCode(),
                        List.of(sign).toString());
            }
            String page = ada.open("/app/guests").body();
            Matcher found = TOKEN.matcher(page);
            if (mode.equals("token")) {
                assertEquals(403, ada.post("/editor/guests", form).statusCode());
                assertTrue(found.find(), page);
                for (String header : List.of("X-CSRF-Token", "X-CSRFToken")) {
                    assertEquals(
                            200,
                            ada.post("/editor/guests", form, header, found.group(1))
                                    .statusCode());
                }
                assertEquals(
                        200,
                        ada.post("/editor/guests", form + "&_csrf=" + found.group(1))
                                .statusCode());
                Visitor eve = new Visitor(sample.baseUrl());
                eve.logIn("eve", "/app/");
                assertEquals(
                        403,
                        eve.post("/editor/guests", form, "X-CSRF-Token", found.group(1))
                                .statusCode());
            } else {
                assertFalse(found.find(), page);
                assertEquals(200, ada.post("/editor/guests", form).statusCode());
            }
            Visitor vic = new Visitor(sample.baseUrl());
            vic.logIn("vic", "/app/");
            String list = vic.open("/app/guests").body();
            assertTrue(list.contains("Grace Hopper"), list);
            assertFalse(list.contains("hx-post"), list);
            Matcher own = TOKEN.matcher(list);
            String token = own.find() ? own.group(1) : "none";
            assertEquals(
                    403, vic.post("/editor/guests", form, "X-CSRF-Token", token).statusCode());
        }
    }

    private static void signIn(Page page, RunningSample sample, String persona) {
        page.context().clearCookies();
        page.navigate(sample.baseUrl() + "/auth/login?next=/app/");
        page.getByText("Continue with Development provider").click();
        page.locator("button[value=" + persona + "]").click();
        page.waitForURL(sample.baseUrl() + "/app/");
    }

    /** They look at where a form comes from in both modes; a token in it is one more field. */
    @ParameterizedTest
    @ValueSource(strings = {"origin", "token"})
    void theKitsOwnPagesTakeAFormInBothModes(String mode) throws Exception {
        try (RunningSample sample = sample(mode)) {
            Visitor vic = new Visitor(sample.baseUrl());
            vic.logIn("vic", "/app/");
            assertEquals(200, vic.open("/app/").statusCode());
            Visitor ada = new Visitor(sample.baseUrl());
            ada.logIn("ada", "/app/");
            Matcher found = TOKEN.matcher(ada.open("/app/guests").body());
            String csrf = found.find() ? "_csrf=" + found.group(1) + "&" : "";
            String vicHere = csrf + "subject=vic&issuer=" + UrlEncoded.encode(String.valueOf(sample.providerUrl()));
            assertEquals(200, ada.post("/auth/sessions/end-user", vicHere).statusCode());
            assertEquals(302, vic.open("/app/").statusCode());
            HttpResponse<String> made = ada.post("/auth/keys", csrf + "name=form", "Accept", "text/html");
            assertEquals(200, made.statusCode(), made.body());
            assertTrue(made.body().contains("ost_dev_"), made.body());
        }
    }
}
