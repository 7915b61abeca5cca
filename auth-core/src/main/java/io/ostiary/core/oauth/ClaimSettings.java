package io.ostiary.core.oauth;

import io.ostiary.core.config.Settings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where in a provider's claims to look, as JSON pointers.
 *
 * @param subject the identifier that never changes
 * @param names display name, best first
 * @param email e-mail address
 * @param roles array of role names; null if the provider knows no roles
 */
record ClaimSettings(
        String subject,
        List<String> names,
        String email,
        @Nullable String roles) {
    private static final String POINTER = "(/[^/~]*(~[01][^/~]*)*){1,16}";
    private static final String POINTER_ALLOWED =
            "a JSON pointer that begins with '/', for example /roles or /realm_access/roles";

    static ClaimSettings from(Settings section, Preset preset) {
        String name = pointer(section, "name-claim");
        String email = pointer(section, "email-claim");
        String subject = preset == Preset.OAUTH2 ? pointer(section, "subject-claim") : null;
        return new ClaimSettings(
                subject == null ? preset.subject() : subject,
                name == null ? preset.names() : List.of(name),
                email == null ? "/email" : email,
                pointer(section, "roles-claim"));
    }

    private static @Nullable String pointer(Settings section, String key) {
        String pointer = section.matching(key, POINTER, POINTER_ALLOWED, "");
        return pointer.isEmpty() ? null : pointer;
    }
}
