package io.ostiary.core.audit;

import io.ostiary.core.FailureReason;
import io.ostiary.core.json.Json;
import io.ostiary.core.spi.AuthEvent;
import java.time.Instant;
import java.util.EnumMap;
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
 * @param session name of the session that it is about; it opens nothing; empty for none
 * @param requestId what the proxy or the container calls the request; empty if it has no name
 * @param detail to whom or with what it was done, where that is somebody or something else; empty for nothing
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
        String userAgent,
        String session,
        String requestId,
        String detail) {
    private static final Map<AuthEvent.Type, String> TYPES = lower(AuthEvent.Type.class);
    private static final Map<FailureReason, String> REASONS = lower(FailureReason.class);
    private static final int MAX_TEXT = 255;
    private static final int MAX_METHOD = 20;
    private static final int MAX_ADDRESS = 45;

    static AuditRecord of(AuthEvent event) {
        var who = event.identity();
        return new AuditRecord(
                event.time(),
                TYPES.getOrDefault(event.type(), ""),
                outcome(event),
                event.id(),
                who == null ? "" : text(who.name(), MAX_TEXT),
                who == null ? "" : text(who.issuer(), MAX_TEXT),
                who == null ? "" : text(who.subject(), MAX_TEXT),
                who == null ? "" : who.scheme(),
                event.reason() == null ? "" : REASONS.getOrDefault(event.reason(), ""),
                text(event.method(), MAX_METHOD),
                text(event.path(), MAX_TEXT),
                text(event.remoteAddress(), MAX_ADDRESS),
                text(event.userAgent(), MAX_TEXT),
                event.session(),
                text(event.requestId(), MAX_TEXT),
                text(event.detail(), MAX_TEXT));
    }

    private static String outcome(AuthEvent event) {
        return switch (event.type()) {
            case LOGIN, LOGOUT, SESSIONS_ENDED, TOKENS_ISSUED, TOKENS_REFRESHED, TOKENS_REVOKED, STARTED -> "success";
            case KEY_USED, KEY_CREATED, KEY_RENAMED, KEY_ROTATED, KEY_REVOKED -> "success";
            case LOGIN_FAILED, CREDENTIAL_REPLAYED -> "failed";
            case LOGIN_REFUSED, CHALLENGED, LIMITED, FORBIDDEN, REQUEST_REFUSED -> "refused";
            case FAULT -> "fault";
        };
    }

    private static <E extends Enum<E>> Map<E, String> lower(Class<E> type) {
        Map<E, String> names = new EnumMap<>(type);
        for (E value : type.getEnumConstants()) {
            names.put(value, value.name().toLowerCase(Locale.ROOT));
        }
        return names;
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
        add(fields, "session", session);
        add(fields, "request_id", requestId);
        add(fields, "detail", detail);
        return Json.line(fields);
    }

    private static void add(Map<String, Object> fields, String name, String value) {
        if (!value.isEmpty()) {
            fields.put(name, value);
        }
    }
}
