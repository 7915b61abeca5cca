package io.ostiary.core.page;

import io.ostiary.core.Reply;
import io.ostiary.core.crypto.Tokens;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The kit's own pages: self-contained, escaped, readable on a phone and without a script. They ask for nothing from
 * anywhere, and their content security policy allows nothing but their one style sheet, by its hash.
 */
public final class Pages {
    private static final String STYLE = """
            :root{color-scheme:light dark;--ink:#1d2433;--soft:#566074;--line:#d5dae3;--card:#fff;--back:#f3f5f9;\
            --accent:#0f5c52;--on:#fff;--warn:#8a4b00;--warnback:#fff4e0}\
            @media(prefers-color-scheme:dark){:root{--ink:#e8ebf2;--soft:#a7b0c2;--line:#3a4356;--card:#1d2433;\
            --back:#121722;--accent:#7fd1c3;--on:#0d1f1c;--warn:#ffd08a;--warnback:#3a2c12}}\
            *{box-sizing:border-box}body{margin:0;min-height:100vh;display:grid;place-items:center;padding:1.25rem;\
            background:var(--back);color:var(--ink);font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}\
            main{width:100%;max-width:28rem;background:var(--card);border:1px solid var(--line);border-radius:.9rem;\
            padding:2rem 1.75rem;box-shadow:0 .5rem 2rem rgb(0 0 0/.07)}h1{margin:0 0 .5rem;font-size:1.5rem;\
            line-height:1.25}p{margin:.5rem 0 0;color:var(--soft)}.note{margin:0 0 1.25rem;padding:.7rem .9rem;\
            border-radius:.6rem;background:var(--warnback);color:var(--warn)}ul{list-style:none;margin:1.5rem 0 0;\
            padding:0;display:grid;gap:.75rem}.button{display:block;width:100%;padding:.8rem 1rem;border:1px solid \
            var(--accent);border-radius:.6rem;background:var(--accent);color:var(--on);font:inherit;font-weight:600;\
            text-align:center;text-decoration:none;cursor:pointer}.plain{background:none;color:var(--accent)}\
            .button:hover{filter:brightness(1.08)}a:focus-visible,button:focus-visible{outline:3px solid var(--accent);\
            outline-offset:2px}form{margin:1.5rem 0 .75rem}small{display:block;margin-top:1.5rem;color:var(--soft)}\
            code{font-size:.9em}.secret{display:block;padding:.7rem .9rem;border:1px solid var(--line);border-radius:.6rem;\
            background:var(--back);color:var(--ink);overflow-wrap:anywhere;user-select:all}""";
    private static final String POLICY =
            "default-src 'none'; style-src 'sha256-" + hash(STYLE) + "'; base-uri 'none'; frame-ancestors 'none'";

    private Pages() {}

    /**
     * One way to log in.
     *
     * @param label what a person reads
     * @param href where it leads, percent-encoded
     */
    public record LoginLink(String label, String href) {}

    /**
     * The page that offers the ways to log in.
     *
     * @param status HTTP status
     * @param links the ways
     * @param note a sentence on why the person is here; null for none
     * @return a page
     */
    public static Reply login(int status, List<LoginLink> links, @Nullable String note) {
        StringBuilder body = new StringBuilder("<h1>Sign in</h1>");
        if (links.isEmpty()) {
            body.append("<p>No way to sign in is set up for this application.</p>");
        } else {
            body.append("<p>Choose how you want to sign in.</p><ul>");
            for (LoginLink link : links) {
                body.append("<li>")
                        .append(button(link.href(), link.label(), ""))
                        .append("</li>");
            }
            body.append("</ul>");
        }
        return page(status, "Sign in", note, body.toString());
    }

    /**
     * The page that asks whether to log out; logging out itself takes a POST.
     *
     * @param action where to post, percent-encoded
     * @param back where to go instead
     * @return a page
     */
    public static Reply confirmLogout(String action, String back) {
        return page(
                200,
                "Sign out",
                null,
                "<h1>Sign out?</h1><p>This ends your session in this application.</p><form method=\"post\" action=\""
                        + Html.escape(action) + "\"><button class=\"button\" type=\"submit\">Sign out</button></form>"
                        + button(back, "Stay signed in", " plain"));
    }

    /**
     * A page for a person who cannot be helped at once.
     *
     * @param status HTTP status
     * @param title what happened, in a few words
     * @param sentence what it means for the person, in one sentence
     * @param linkLabel what to do next; empty for nothing
     * @param href where that leads, percent-encoded
     * @param id opaque id to quote; empty for none
     * @return a page
     */
    public static Reply message(int status, String title, String sentence, String linkLabel, String href, String id) {
        String link = linkLabel.isEmpty() ? "" : "<ul><li>" + button(href, linkLabel, "") + "</li></ul>";
        String reference = id.isEmpty() ? "" : "<small>Reference: <code>" + Html.escape(id) + "</code></small>";
        return page(
                status,
                title,
                null,
                "<h1>" + Html.escape(title) + "</h1><p>" + Html.escape(sentence) + "</p>" + link + reference);
    }

    /**
     * A page that shows a secret, this once.
     *
     * @param status HTTP status
     * @param title what it is, in a few words
     * @param sentence what to do with it
     * @param secret the secret
     * @param linkLabel what to do next
     * @param href where that leads, percent-encoded
     * @return a page
     */
    public static Reply secret(
            int status, String title, String sentence, String secret, String linkLabel, String href) {
        return page(
                status,
                title,
                "It is shown only now: nobody can look it up later.",
                "<h1>" + Html.escape(title) + "</h1><p>" + Html.escape(sentence) + "</p><p><code class=\"secret\">"
                        + Html.escape(secret) + "</code></p><ul><li>" + button(href, linkLabel, " plain")
                        + "</li></ul>");
    }

    private static String button(String href, String label, String kind) {
        return "<a class=\"button" + kind + "\" href=\"" + Html.escape(href) + "\">" + Html.escape(label) + "</a>";
    }

    private static Reply page(int status, String title, @Nullable String note, String body) {
        String notice = note == null ? "" : "<p class=\"note\" role=\"status\">" + Html.escape(note) + "</p>";
        return Reply.html(
                status,
                POLICY,
                "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">"
                        + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>"
                        + Html.escape(title) + "</title><style>" + STYLE + "</style></head><body><main>" + notice + body
                        + "</main></body></html>");
    }

    private static String hash(String text) {
        return Base64.getEncoder().encodeToString(Tokens.sha256(text.getBytes(StandardCharsets.UTF_8)));
    }
}
