package io.ostiary.core.endpoint;

import io.ostiary.core.AuthRequest;
import io.ostiary.core.UrlEncoded;
import io.ostiary.core.json.Json;
import io.ostiary.core.json.JsonException;
import io.ostiary.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a client sent to a token endpoint: a form or a JSON object, never a query, whose addresses end up in logs.
 *
 * @param token {@code refresh_token} or {@code token}; null if there is none
 * @param scope {@code scope}; null if there is none
 * @param problem 0 if it can be read; 415 for a body that is said to be something else, or not said to be anything; 400 if
 *     a parameter came twice, or the body is not what it says it is, is too large, or never came whole
 */
record TokenRequest(@Nullable String token, @Nullable Set<String> scope, int problem) {
    private static final int MAX_BODY = 80 * 1024;
    private static final Set<String> TYPES = Set.of(BodyType.JSON, BodyType.FORM);
    private static final TokenRequest UNSOUND = new TokenRequest(null, null, 400);
    private static final TokenRequest OTHER_TYPE = new TokenRequest(null, null, 415);

    static TokenRequest read(AuthRequest request) {
        byte[] body;
        try {
            body = request.body(MAX_BODY);
        } catch (IOException tooLargeOrGone) {
            return UNSOUND;
        }
        if (!BodyType.fits(request, body, TYPES)) {
            return OTHER_TYPE;
        }
        if (body.length == 0) {
            return new TokenRequest(null, null, 0);
        }
        return BodyType.JSON.equals(BodyType.of(request))
                ? json(body)
                : form(new String(body, StandardCharsets.ISO_8859_1));
    }

    private static TokenRequest json(byte[] body) {
        try {
            JsonObject fields = Json.object(body, MAX_BODY);
            boolean typed = textOrAbsent(fields, "refresh_token")
                    && textOrAbsent(fields, "token")
                    && textOrAbsent(fields, "scope")
                    && !(fields.has("refresh_token") && fields.has("token"));
            String token = fields.has("token") ? fields.text("token") : fields.text("refresh_token");
            return typed ? new TokenRequest(token, scope(fields.text("scope")), 0) : UNSOUND;
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
                tokens.isEmpty() ? null : tokens.get(0), scope(scopes.isEmpty() ? null : scopes.get(0)), 0);
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
