package io.ostiary.core.session;

import io.ostiary.core.AuthRequest;
import io.ostiary.core.Identity;
import io.ostiary.core.crypto.Tokens;
import io.ostiary.core.json.Json;
import io.ostiary.core.json.JsonException;
import io.ostiary.core.json.JsonObject;
import io.ostiary.core.spi.IdentityJson;
import io.ostiary.core.spi.SubjectKey;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One session as it is stored. Holds no secret: the id that the browser has cannot be computed from the digest. Times are
 * exact to a millisecond.
 *
 * @param digest SHA-256 of the session id, base64url; the key
 * @param state what the session is good for
 * @param identity who is logged in
 * @param created when the session began
 * @param lastUsed when it was last used, exact to a minute
 * @param address peer address of the login
 * @param device what the browser called itself at the login, at most {@value #MAX_DEVICE} characters; may be empty
 */
public record SessionRecord(
        String digest,
        State state,
        Identity identity,
        Instant created,
        Instant lastUsed,
        String address,
        String device) {
    /** Longest name of a device, in characters. */
    public static final int MAX_DEVICE = 255;

    /** Version of the JSON form. */
    public static final long VERSION = 1;

    private static final int MAX_JSON = 1024 * 1024;
    private static final int HANDLE_LENGTH = 22;
    private static final Set<String> FIELDS =
            Set.of("v", "digest", "state", "identity", "created", "last_used", "address", "device");

    /** What a session is good for. */
    public enum State {
        /** A first factor was proven and another is asked for: this is nobody yet. */
        PENDING,
        /** Somebody proved who they are. */
        AUTHENTICATED,
        /** A browser brought a token that it was told to keep: somebody, but never freshly proven. */
        REMEMBERED
    }

    /** Cuts the name of the device. */
    public SessionRecord {
        device = device.length() <= MAX_DEVICE ? device : device.substring(0, MAX_DEVICE);
    }

    static SessionRecord begun(String id, State state, Identity identity, Instant time, AuthRequest request) {
        String agent = request.header("User-Agent");
        return new SessionRecord(
                Tokens.digest(id), state, identity, time, time, request.remoteAddress(), agent == null ? "" : agent);
    }

    /**
     * Copies with another time of last use.
     *
     * @param time when it was used
     * @return a copy
     */
    public SessionRecord usedAt(Instant time) {
        return new SessionRecord(digest, state, identity, created, time, address, device);
    }

    /**
     * Returns whose it is.
     *
     * @return issuer and subject
     */
    public SubjectKey owner() {
        return SubjectKey.of(identity);
    }

    /**
     * Returns the name by which people and pages speak of this session; it opens nothing.
     *
     * @return 22 characters of base64url
     */
    public String handle() {
        return Tokens.digest("session handle:" + digest).substring(0, HANDLE_LENGTH);
    }

    /**
     * Writes JSON, for stores outside this process.
     *
     * @return one object
     */
    public String toJson() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("v", VERSION);
        fields.put("digest", digest);
        fields.put("state", state.name());
        fields.put("identity", IdentityJson.write(identity));
        fields.put("created", created.toEpochMilli());
        fields.put("last_used", lastUsed.toEpochMilli());
        fields.put("address", address);
        fields.put("device", device);
        return Json.write(fields);
    }

    /**
     * Reads JSON. Fails closed: another version, or a field that is missing, unknown or of another type, is no session.
     *
     * @param json what {@link #toJson} made, or anything else
     * @return null if it is not exactly that
     */
    public static @Nullable SessionRecord fromJson(String json) {
        try {
            JsonObject fields = Json.object(json, MAX_JSON);
            return fields.names().equals(FIELDS) && Long.valueOf(VERSION).equals(fields.whole("v"))
                    ? read(fields)
                    : null;
        } catch (JsonException notOurs) {
            return null;
        }
    }

    private static @Nullable SessionRecord read(JsonObject fields) {
        String digest = fields.text("digest");
        State state = state(fields.text("state"));
        Identity identity = IdentityJson.read(fields.object("identity"));
        Long created = fields.whole("created");
        Long lastUsed = fields.whole("last_used");
        String address = fields.text("address");
        String device = fields.text("device");
        if (digest == null || state == null || identity == null || created == null || lastUsed == null) {
            return null;
        }
        if (address == null || device == null) {
            return null;
        }
        Instant begun = Instant.ofEpochMilli(created);
        return new SessionRecord(digest, state, identity, begun, Instant.ofEpochMilli(lastUsed), address, device);
    }

    private static @Nullable State state(@Nullable String name) {
        for (State state : State.values()) {
            if (state.name().equals(name)) {
                return state;
            }
        }
        return null;
    }
}
