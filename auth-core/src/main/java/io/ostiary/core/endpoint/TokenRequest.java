package io.ostiary.core.endpoint;

import io.ostiary.core.AuthRequest;
import io.ostiary.core.UrlEncoded;
import io.ostiary.core.json.Json;
import io.ostiary.core.json.JsonException;
import io.ostiary.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a client sent to a token endpoint: a form or a JSON object, never a query, whose addresses end up in logs.
 *
 * @param token {@code refresh_token} or {@code token}; null if there is none
 * @param scope {@code scope}; null if there is none
 * @param sound false if a parameter came twice, or the body is not what it says it is, or is too large
 */
record TokenRequest(@Nullable String token, @Nullable Set<String> scope, boolean sound) {
    private static final int MAX_BODY = 80 * 1024;
    private static final TokenRequest UNSOUND = new TokenRequest(null, null, false);

    static TokenRequest read(AuthRequest request) {
        byte[] body;
        try {
            body = request.body(MAX_BODY);
        } catch (AuthRequest.BodyTooLargeException tooLarge) {
            return UNSOUND;
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
        if (body.length == 0) {
            return new TokenRequest(null, null, true);
        }
        String type = request.header("Content-Type");
        String kind = type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return switch (kind) {
            case "application/json" -> json(body);
            case "application/x-www-form-urlencoded" -> form(new String(body, StandardCharsets.ISO_8859_1));
            default -> UNSOUND;
        };
    }

    private static TokenRequest json(byte[] body) {
        try {
            JsonObject fields = Json.object(body, MAX_BODY);
            boolean typed = textOrAbsent(fields, "refresh_token")
                    && textOrAbsent(fields, "token")
                    && textOrAbsent(fields, "scope")
                    && !(fields.has("refresh_token") && fields.has("token"));
            String token = fields.has("token") ? fields.text("token") : fields.text("refresh_token");
            return typed ? new TokenRequest(token, scope(fields.text("scope")), true) : UNSOUND;
        } catch (JsonException malformed) {
            return UNSOUND;
        }
    }

    private static boolean textOrAbsent(JsonObject fields, String name) {
        return !fields.has(name) || fields.text(name) != null;
    }

    private static TokenRequest form(String body) {
        List<String> tokens = new ArrayList<>(UrlEncoded.values(body, "refresh_token"));
        tokens.addAll(UrlEncoded.values(body, "token"));
        List<String> scopes = UrlEncoded.values(body, "scope");
        if (tokens.size() > 1 || scopes.size() > 1) {
            return UNSOUND;
        }
        return new TokenRequest(
                tokens.isEmpty() ? null : tokens.get(0), scope(scopes.isEmpty() ? null : scopes.get(0)), true);
    }

    private static @Nullable Set<String> scope(@Nullable String text) {
        if (text == null) {
            return null;
        }
        Set<String> scope = new LinkedHashSet<>(List.of(text.split(" ", -1)));
        scope.remove("");
        return scope;
    }

    @Override
    public String toString() {
        return "TokenRequest[hidden]";
    }
}
