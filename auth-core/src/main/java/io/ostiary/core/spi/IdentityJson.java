package io.ostiary.core.spi;

import io.ostiary.core.Identity;
import io.ostiary.core.json.JsonObject;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * An identity as JSON with a fixed set of fields, for stores. Reading fails closed: a field that is missing or of another
 * type makes the whole unreadable, so that nothing such as the time of the proof is lost on the way. Thread-safe.
 */
public final class IdentityJson {
    private static final Set<String> FIELDS =
            Set.of("name", "scheme", "iss", "sub", "roles", "permissions", "attributes", "amr", "auth_time");

    private IdentityJson() {}

    /**
     * Writes.
     *
     * @param identity any identity
     * @return what {@link io.ostiary.core.json.Json#write} takes; times are in milliseconds
     */
    public static Map<String, Object> write(Identity identity) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", identity.name());
        fields.put("scheme", identity.scheme());
        fields.put("iss", identity.issuer());
        fields.put("sub", identity.subject());
        fields.put("roles", new TreeSet<>(identity.roles()));
        fields.put("permissions", new TreeSet<>(identity.permissions()));
        fields.put("attributes", identity.attributes());
        fields.put("amr", new TreeSet<>(identity.amr()));
        fields.put("auth_time", identity.authTime().toEpochMilli());
        return fields;
    }

    /**
     * Reads.
     *
     * @param json what {@link #write} made, or anything else
     * @return null if it is not exactly that
     */
    public static @Nullable Identity read(@Nullable JsonObject json) {
        if (json == null || !json.names().equals(FIELDS)) {
            return null;
        }
        Set<String> roles = set(json, "roles");
        Set<String> permissions = set(json, "permissions");
        Set<String> amr = set(json, "amr");
        Map<String, String> attributes = attributes(json.object("attributes"));
        Long authTime = json.whole("auth_time");
        if (roles == null || permissions == null || amr == null || attributes == null || authTime == null) {
            return null;
        }
        String name = json.text("name");
        String scheme = json.text("scheme");
        String issuer = json.text("iss");
        String subject = json.text("sub");
        if (name == null || scheme == null || issuer == null || subject == null) {
            return null;
        }
        if (name.isBlank() || scheme.isBlank() || issuer.isBlank() || subject.isBlank()) {
            return null;
        }
        Instant proven = Instant.ofEpochMilli(authTime);
        return new Identity(name, scheme, issuer, subject, roles, permissions, attributes, amr, proven);
    }

    private static @Nullable Set<String> set(JsonObject json, String name) {
        List<String> texts = json.texts(name);
        return texts == null ? null : Set.copyOf(texts);
    }

    private static @Nullable Map<String, String> attributes(@Nullable JsonObject json) {
        if (json == null) {
            return null;
        }
        Map<String, String> attributes = new HashMap<>();
        for (String name : json.names()) {
            String value = json.text(name);
            if (value == null) {
                return null;
            }
            attributes.put(name, value);
        }
        return attributes;
    }
}
