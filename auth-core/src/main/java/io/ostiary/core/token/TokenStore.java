package io.ostiary.core.token;

import io.ostiary.core.Identity;
import io.ostiary.core.json.Json;
import io.ostiary.core.json.JsonException;
import io.ostiary.core.json.JsonObject;
import io.ostiary.core.spi.IdentityJson;
import io.ostiary.core.spi.LogoutTargets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Where families of refresh tokens live. Thread-safe, and every verb is one atomic step, also across nodes that share the
 * store. A verb may block; it throws only for faults. Extend {@code TokenStoreTck} to test one.
 */
public interface TokenStore {
    /**
     * What one login's refresh tokens have in common; only one of them is good at a time.
     *
     * @param id finds the family; random, and the first half of each of its tokens
     * @param token SHA-256 of the token that is good now, base64url
     * @param previous SHA-256 of the one before; empty if there was none
     * @param rotated when the present one took its place
     * @param identity whose tokens they are
     * @param session handle of the session that they came from
     * @param scope what was granted; never grows
     * @param created when the family began
     * @param expires when it ends whatever happens
     */
    record Family(
            String id,
            String token,
            String previous,
            Instant rotated,
            Identity identity,
            String session,
            Set<String> scope,
            Instant created,
            Instant expires) {
        /** Version of the JSON form. */
        public static final long VERSION = 1;

        private static final int MAX_JSON = 1024 * 1024;
        private static final Set<String> FIELDS =
                Set.of("v", "id", "token", "previous", "rotated", "identity", "session", "scope", "created", "expires");

        /** Copies. */
        public Family {
            scope = Set.copyOf(scope);
        }

        /**
         * Copies with the next token.
         *
         * @param next its digest
         * @param now when
         * @return a copy
         */
        public Family rotatedTo(String next, Instant now) {
            return new Family(id, next, token, now, identity, session, scope, created, expires);
        }

        /**
         * Writes JSON, for stores outside this process.
         *
         * @return one object
         */
        public String toJson() {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("v", VERSION);
            fields.put("id", id);
            fields.put("token", token);
            fields.put("previous", previous);
            fields.put("rotated", rotated.toEpochMilli());
            fields.put("identity", IdentityJson.write(identity));
            fields.put("session", session);
            fields.put("scope", new TreeSet<>(scope));
            fields.put("created", created.toEpochMilli());
            fields.put("expires", expires.toEpochMilli());
            return Json.write(fields);
        }

        /**
         * Reads JSON. Fails closed: another version, or a field that is missing, unknown or of another type, is no family.
         *
         * @param json what {@link #toJson} made, or anything else
         * @return null if it is not exactly that
         */
        public static @Nullable Family fromJson(String json) {
            try {
                JsonObject fields = Json.object(json, MAX_JSON);
                return fields.names().equals(FIELDS) && Long.valueOf(VERSION).equals(fields.whole("v"))
                        ? read(fields)
                        : null;
            } catch (JsonException notOurs) {
                return null;
            }
        }

        private static @Nullable Family read(JsonObject fields) {
            String id = fields.text("id");
            String token = fields.text("token");
            String previous = fields.text("previous");
            String session = fields.text("session");
            Identity identity = IdentityJson.read(fields.object("identity"));
            List<String> scope = fields.texts("scope");
            Long rotated = fields.whole("rotated");
            Long created = fields.whole("created");
            Long expires = fields.whole("expires");
            if (id == null || token == null || previous == null || session == null || identity == null) {
                return null;
            }
            if (scope == null || rotated == null || created == null || expires == null) {
                return null;
            }
            return new Family(
                    id,
                    token,
                    previous,
                    Instant.ofEpochMilli(rotated),
                    identity,
                    session,
                    Set.copyOf(scope),
                    Instant.ofEpochMilli(created),
                    Instant.ofEpochMilli(expires));
        }
    }

    /**
     * Adds a family.
     *
     * @param family its id is not in the store
     */
    void insert(Family family);

    /**
     * Finds a family.
     *
     * @param id its key
     * @return null if there is none
     */
    @Nullable
    Family find(String id);

    /**
     * Rotates a family, if its token is still the one that was seen.
     *
     * @param seenToken the token's digest in the family that was found
     * @param next has the same id
     * @return false if the family is gone or was rotated meanwhile
     */
    boolean replace(String seenToken, Family next);

    /**
     * Removes a family.
     *
     * @param id its key
     * @return what was removed; null if there was none, so that only one of many sees it go
     */
    @Nullable
    Family remove(String id);

    /**
     * Removes the families that came from one session.
     *
     * @param session handle of the session
     * @return what was removed
     */
    List<Family> removeOf(String session);

    /**
     * Removes the families of logins that a provider names; also those whose session lives in a cookie, so that nobody knows
     * its handle. Rare, so it may look at every family.
     *
     * @param target which
     * @return what was removed
     */
    List<Family> removeMatching(LogoutTargets.Target target);
}
