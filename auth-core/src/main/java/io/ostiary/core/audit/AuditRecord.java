package io.ostiary.core.audit;

import io.ostiary.core.json.Json;
import io.ostiary.core.spi.AuthEvent;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * One row of the audit log, safe to store and show: texts are cut, and what looks like a credential is masked. They may
 * still hold any character, so whoever shows them escapes them; {@link #toJson} does.
 *
 * @param time when
 * @param event what happened, for example {@code login_refused}; at most 50 characters
 * @param outcome {@code success}, {@code refused}, {@code failed} or {@code fault}
 * @param id what the answer to the client shares; empty for none
 * @param name how the person is called; empty if nobody is known
 * @param issuer who vouches for them; empty if nobody is known
 * @param subject who, for the issuer; empty if nobody is known
 * @param scheme how they proved it; empty if nobody is known
 * @param reason why refused; empty if not refused
 * @param method HTTP method
 * @param path canonical path inside the application
 * @param address of the client, at most 45 characters
 * @param userAgent what the browser says it is
 */
public record AuditRecord(
        Instant time,
        String event,
        String outcome,
        String id,
        String name,
        String issuer,
        String subject,
        String scheme,
        String reason,
        String method,
        String path,
        String address,
        String userAgent) {
    private static final int MAX_TEXT = 255;
    private static final int MAX_METHOD = 20;
    private static final int MAX_ADDRESS = 45;

    static AuditRecord of(AuthEvent event) {
        var who = event.identity();
        return new AuditRecord(
                event.time(),
                lower(event.type()),
                outcome(event),
                event.id(),
                who == null ? "" : text(who.name(), MAX_TEXT),
                who == null ? "" : text(who.issuer(), MAX_TEXT),
                who == null ? "" : text(who.subject(), MAX_TEXT),
                who == null ? "" : who.scheme(),
                event.reason() == null ? "" : lower(event.reason()),
                text(event.method(), MAX_METHOD),
                text(event.path(), MAX_TEXT),
                text(event.remoteAddress(), MAX_ADDRESS),
                text(event.userAgent(), MAX_TEXT));
    }

    private static String outcome(AuthEvent event) {
        return switch (event.type()) {
            case LOGIN, LOGOUT, SESSIONS_ENDED, TOKENS_ISSUED, TOKENS_REFRESHED, TOKENS_REVOKED -> "success";
            case LOGIN_FAILED, CREDENTIAL_REPLAYED -> "failed";
            case LOGIN_REFUSED, CHALLENGED, LIMITED, FORBIDDEN -> "refused";
            case FAULT -> "fault";
        };
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static String text(String text, int most) {
        String cut = text.length() <= most ? text : text.substring(0, most);
        return Masks.hide(cut);
    }

    /**
     * Writes the row.
     *
     * @return one line of JSON in plain ASCII, without what is empty
     */
    public String toJson() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("event", event);
        fields.put("time", time.toString());
        fields.put("outcome", outcome);
        add(fields, "id", id);
        add(fields, "name", name);
        add(fields, "issuer", issuer);
        add(fields, "subject", subject);
        add(fields, "scheme", scheme);
        add(fields, "reason", reason);
        add(fields, "method", method);
        add(fields, "path", path);
        add(fields, "address", address);
        add(fields, "user_agent", userAgent);
        return Json.line(fields);
    }

    private static void add(Map<String, Object> fields, String name, String value) {
        if (!value.isEmpty()) {
            fields.put(name, value);
        }
    }
}
