package io.ostiary.sample.launcher;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Somebody who can sign in at the development provider.
 *
 * @param username becomes {@code sub}
 * @param name display name
 * @param roles become the claim {@code roles}
 */
record Persona(String username, String name, List<String> roles) {
    static final List<Persona> KNOWN = List.of(
            new Persona("ada", "Ada Admin", List.of("admin")),
            new Persona("eve", "Eve Editor", List.of("editor")),
            new Persona("vic", "Vic Viewer", List.of("viewer")));
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A known persona, or a stranger with the roles listed; roles given for a known one replace theirs. */
    static Persona of(String username, String roleList) {
        List<String> roles = Arrays.stream(roleList.split(","))
                .map(String::strip)
                .filter(role -> !role.isEmpty())
                .distinct()
                .toList();
        for (Persona known : KNOWN) {
            if (known.username.equals(username)) {
                return roles.isEmpty() ? known : new Persona(username, known.name, roles);
            }
        }
        return new Persona(username, username, roles);
    }

    /**
     * The claims of this persona's ID token, as JSON.
     *
     * @param now when they proved who they are; this provider remembers nobody
     */
    String claims(Instant now) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("roles", roles);
        claims.put("name", name);
        if (username.matches("[A-Za-z0-9._-]+")) {
            claims.put("email", username + "@example.test");
            claims.put("email_verified", true);
        }
        claims.put("amr", List.of("pwd"));
        claims.put("auth_time", now.getEpochSecond());
        try {
            return JSON.writeValueAsString(claims);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("strings and lists always have a JSON form", e);
        }
    }

    /** Whether a text is a JSON object; an empty one is fine as well. */
    static boolean areClaims(String text) {
        try {
            return text.isEmpty() || JSON.readTree(text).isObject();
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    String initial() {
        return name.substring(0, 1);
    }

    String roleText() {
        return String.join(", ", roles);
    }
}
