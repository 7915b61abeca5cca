package io.ostiary.core.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ostiary.core.Identity;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SessionRecordTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00.123Z");

    @ParameterizedTest
    @EnumSource(SessionRecord.State.class)
    void comesBackWhole(SessionRecord.State state) {
        SessionRecord session = session(state);
        assertEquals(session, SessionRecord.fromJson(session.toJson()));
    }

    @Test
    void rememberedEntriesComeBackWhole() {
        RememberStore.Entry entry = new RememberStore.Entry(
                "s", "v", "", NOON, session(SessionRecord.State.AUTHENTICATED).identity(), NOON, NOON.plusSeconds(9));
        assertEquals(entry, RememberStore.Entry.fromJson(entry.toJson()));
        assertNull(RememberStore.Entry.fromJson(entry.toJson().replace("\"v\":1", "\"v\":2")));
        assertNull(RememberStore.Entry.fromJson(
                session(SessionRecord.State.PENDING).toJson()));
    }

    /** SES-14: what a store lost is no session, rather than one with less in it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"v\":1,",
                "\"state\":\"PENDING\",",
                "\"amr\":[\"mfa\"],",
                ",\"device\":\"Browser\"",
                "\"last_used\":1767268800123,",
                "\"roles\":[\"admin\"],",
                "\"auth_time\":1767268800123"
            })
    void aRecordThatLacksAFieldIsNoSession(String field) {
        String json = session(SessionRecord.State.PENDING).toJson();
        assertTrue(json.contains(field), json);
        assertNull(SessionRecord.fromJson(json.replace(field, "")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "rO0ABXNyABFqYXZhLnV0aWwuSGFzaE1hcA",
                "{\"@class\":\"java.util.HashMap\"}"
            })
    void whatIsNoRecordIsNoSession(String text) {
        assertNull(SessionRecord.fromJson(text));
    }

    @Test
    void refusesAnotherVersionStateTypeOrExtraField() {
        String json = session(SessionRecord.State.PENDING).toJson();
        assertNull(SessionRecord.fromJson(json.replace("\"v\":1", "\"v\":2")));
        assertNull(SessionRecord.fromJson(json.replace("PENDING", "pending")));
        assertNull(SessionRecord.fromJson(json.replace("[\"mfa\"]", "\"mfa\"")));
        assertNull(SessionRecord.fromJson(json.replace("{\"v\":1", "{\"x\":1,\"v\":1")));
    }

    private static SessionRecord session(SessionRecord.State state) {
        Identity identity = new Identity(
                "Ada \u2603 \"L\"",
                "session",
                "https://op.example",
                "ada",
                Set.of("admin"),
                Set.of("report.read"),
                Map.of("email", "a@b.example"),
                Set.of("mfa"),
                NOON);
        return new SessionRecord("digest", state, identity, NOON, NOON, "192.0.2.7", "Browser");
    }
}
