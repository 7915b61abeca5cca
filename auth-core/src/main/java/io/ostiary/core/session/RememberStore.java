package io.ostiary.core.session;

import io.ostiary.core.Identity;
import io.ostiary.core.json.Json;
import io.ostiary.core.json.JsonException;
import io.ostiary.core.json.JsonObject;
import io.ostiary.core.spi.IdentityJson;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where remembered logins live. Thread-safe, and every verb is one atomic step, also across nodes that share the store. A
 * verb may block; it throws only for faults. Extend {@code RememberStoreTck} to test one.
 */
public interface RememberStore {
    /**
     * One remembered login: a row that stays, with a verifier that changes at each use.
     *
     * @param selector finds the row; random and of no use alone
     * @param verifier SHA-256 of the token that is good now, base64url
     * @param previous SHA-256 of the one before; empty if there was none
     * @param rotated when the present one took its place
     * @param identity who logged in
     * @param created when
     * @param expires when the row ends whatever happens
     */
    record Entry(
            String selector,
            String verifier,
            String previous,
            Instant rotated,
            Identity identity,
            Instant created,
            Instant expires) {
        /** Version of the JSON form. */
        public static final long VERSION = 1;

        private static final int MAX_JSON = 1024 * 1024;
        private static final Set<String> FIELDS =
                Set.of("v", "selector", "verifier", "previous", "rotated", "identity", "created", "expires");

        /**
         * Copies with the next verifier.
         *
         * @param next its digest
         * @param now when
         * @return a copy
         */
        public Entry rotatedTo(String next, Instant now) {
            return new Entry(selector, next, verifier, now, identity, created, expires);
        }

        /**
         * Writes JSON, for stores outside this process.
         *
         * @return one object
         */
        public String toJson() {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("v", VERSION);
            fields.put("selector", selector);
            fields.put("verifier", verifier);
            fields.put("previous", previous);
            fields.put("rotated", rotated.toEpochMilli());
            fields.put("identity", IdentityJson.write(identity));
            fields.put("created", created.toEpochMilli());
            fields.put("expires", expires.toEpochMilli());
            return Json.write(fields);
        }

        /**
         * Reads JSON. Fails closed: another version, or a field that is missing, unknown or of another type, is no entry.
         *
         * @param json what {@link #toJson} made, or anything else
         * @return null if it is not exactly that
         */
        public static @Nullable Entry fromJson(String json) {
            try {
                JsonObject fields = Json.object(json, MAX_JSON);
                return fields.names().equals(FIELDS) && Long.valueOf(VERSION).equals(fields.whole("v"))
                        ? read(fields)
                        : null;
            } catch (JsonException notOurs) {
                return null;
            }
        }

        private static @Nullable Entry read(JsonObject fields) {
            String selector = fields.text("selector");
            String verifier = fields.text("verifier");
            String previous = fields.text("previous");
            Identity identity = IdentityJson.read(fields.object("identity"));
            Long rotated = fields.whole("rotated");
            Long created = fields.whole("created");
            Long expires = fields.whole("expires");
            if (selector == null || verifier == null || previous == null || identity == null) {
                return null;
            }
            if (rotated == null || created == null || expires == null) {
                return null;
            }
            return new Entry(
                    selector,
                    verifier,
                    previous,
                    Instant.ofEpochMilli(rotated),
                    identity,
                    Instant.ofEpochMilli(created),
                    Instant.ofEpochMilli(expires));
        }
    }

    /**
     * Adds an entry.
     *
     * @param entry its selector is not in the store
     */
    void insert(Entry entry);

    /**
     * Finds an entry.
     *
     * @param selector its key
     * @return null if there is none
     */
    @Nullable
    Entry find(String selector);

    /**
     * Takes the place of an entry, if its verifier is still the one that was seen.
     *
     * @param seenVerifier the verifier's digest in the entry that was found
     * @param next has the same selector
     * @return false if the entry is gone or was rotated meanwhile
     */
    boolean replace(String seenVerifier, Entry next);

    /**
     * Removes an entry.
     *
     * @param selector its key
     * @return false if there was none
     */
    boolean remove(String selector);
}
