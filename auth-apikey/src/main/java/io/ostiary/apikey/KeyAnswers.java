package io.ostiary.apikey;

import io.ostiary.apikey.SelfService.Outcome;
import io.ostiary.core.AuthRequest;
import io.ostiary.core.Reply;
import io.ostiary.core.ReturnTo;
import io.ostiary.core.json.Json;
import io.ostiary.core.page.Pages;
import io.ostiary.core.spi.SubjectKey;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What the pages of keys answer: JSON to JSON, and pages to forms. A key is in the one answer that made it. */
final class KeyAnswers {
    private static final String RETRY_SECONDS = "3600";
    private final ApiKeyStore store;
    private final InstantSource clock;
    private final String header;

    /** Takes the name of the header that carries a key. */
    KeyAnswers(ApiKeyStore store, InstantSource clock, String header) {
        this.store = store;
        this.clock = clock;
        this.header = header;
    }

    Reply own(List<ApiKeyRecord> records, Set<String> grantable, SelfServiceSettings settings) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("keys", records.stream().map(this::shown).toList());
        answer.put("roles", new TreeSet<>(grantable));
        answer.put("max_keys", settings.maxKeys());
        answer.put("max_days", settings.maxDays());
        answer.put("header", header);
        return Reply.json(200, Json.write(answer));
    }

    Reply all(List<ApiKeyRecord> records) {
        List<Map<String, Object>> all = records.stream()
                .map(record -> {
                    Map<String, Object> one = shown(record);
                    SubjectKey person = record.grant().personal() ? KeyOwners.personOf(record.owner()) : null;
                    one.put("owner", record.owner());
                    one.put("personal", record.grant().personal());
                    one.put("issuer", person == null ? null : person.issuer());
                    one.put("subject", person == null ? null : person.subject());
                    return one;
                })
                .toList();
        return Reply.json(200, Json.write(Map.of("keys", all)));
    }

    Reply of(AuthRequest request, KeyInput input, Outcome outcome, boolean creates) {
        ApiKeyRecord record = outcome.record();
        if (outcome.refusal() != null || record == null) {
            return refused(request, input, outcome.refusal() == null ? Refusal.CHANGED : outcome.refusal());
        }
        ApiKey key = outcome.key();
        if (input.form()) {
            return key == null
                    ? Reply.redirect(next(request, input))
                    : Pages.secret(
                            200,
                            "Your key “" + record.name() + "”",
                            "Copy it now and keep it where your program can read it and nobody else can. It is sent in the header "
                                    + header + ".",
                            key.revealText(),
                            "I have copied it",
                            next(request, input));
        }
        Map<String, Object> answer = shown(record);
        if (key != null) {
            answer.put("key", key.revealText());
        }
        return Reply.json(creates ? 201 : 200, Json.write(answer));
    }

    private Reply refused(AuthRequest request, KeyInput input, Refusal refusal) {
        Reply reply;
        if (input.form()) {
            String what = refusal.field().isEmpty() ? "" : "Field “" + refusal.field() + "”: ";
            reply = Pages.message(
                    refusal.status(), "Nothing was done", what + refusal.detail(), "Go back", next(request, input), "");
        } else {
            Map<String, Object> problem = new LinkedHashMap<>();
            problem.put("type", "urn:ostiary:problem:" + refusal.type());
            problem.put("title", refusal.title());
            problem.put("status", refusal.status());
            problem.put("detail", refusal.detail());
            if (!refusal.field().isEmpty()) {
                problem.put("field", refusal.field());
            }
            reply = Reply.text(refusal.status(), "application/problem+json", Json.write(problem));
        }
        return refusal.equals(Refusal.TOO_OFTEN) ? reply.withHeader("Retry-After", RETRY_SECONDS) : reply;
    }

    private static String next(AuthRequest request, KeyInput input) {
        ReturnTo next = input.next();
        return next == null ? request.encodedContextPath() + "/" : next.location();
    }

    private Map<String, Object> shown(ApiKeyRecord record) {
        ApiKeyRecord.Grant grant = record.grant();
        ApiKeyRecord.Previous previous = record.previous();
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("id", record.id());
        one.put("name", record.name());
        one.put("state", state(record));
        one.put("roles", new TreeSet<>(grant.roles()));
        one.put("scopes", new TreeSet<>(grant.scopes()));
        one.put("networks", new TreeSet<>(grant.networks()));
        one.put("created", record.created().toString());
        one.put("expires", text(record.expires()));
        one.put("last_used", text(store.lastUsed(record.id())));
        Instant until = previous == null ? null : previous.until();
        one.put("old_secret_until", until != null && now().isBefore(until) ? until.toString() : null);
        return one;
    }

    private String state(ApiKeyRecord record) {
        if (record.revoked() != null) {
            return "revoked";
        }
        return record.isLive(now()) ? "live" : "expired";
    }

    private Instant now() {
        return clock.instant();
    }

    private static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : time.toString();
    }
}
