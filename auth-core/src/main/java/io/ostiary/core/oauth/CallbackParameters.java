package io.ostiary.core.oauth;

import io.ostiary.core.AuthRequest;
import io.ostiary.core.UrlEncoded;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a callback says. Parameters that nobody knows are ignored (RFC 6749 section 4.1.2); one that comes twice is refused
 * (section 3.1).
 *
 * @param state null if it is absent or came twice
 * @param code null if absent
 * @param error null if absent
 * @param issuer {@code iss} of RFC 9207; null if absent
 * @param sound false if the parts contradict each other or are no possible values
 */
record CallbackParameters(
        @Nullable String state,
        @Nullable String code,
        @Nullable String error,
        @Nullable String issuer,
        boolean sound) {
    private static final int MAX_LENGTH = 32 * 1024;
    private static final int MAX_CODE = 8 * 1024;

    /** Null if they did not come in the way that was asked for, or are too long. */
    static @Nullable CallbackParameters read(AuthRequest request, boolean formPost) {
        String encoded = formPost ? body(request) : query(request);
        if (encoded == null || encoded.length() > MAX_LENGTH) {
            return null;
        }
        List<String> states = UrlEncoded.values(encoded, "state");
        List<String> codes = UrlEncoded.values(encoded, "code");
        List<String> errors = UrlEncoded.values(encoded, "error");
        List<String> issuers = UrlEncoded.values(encoded, "iss");
        boolean once = states.size() <= 1 && codes.size() <= 1 && errors.size() <= 1 && issuers.size() <= 1;
        boolean one = codes.size() + errors.size() == 1;
        String code = first(codes);
        return new CallbackParameters(
                states.size() == 1 ? states.get(0) : null,
                code,
                first(errors),
                first(issuers),
                once && one && (code == null || possible(code)));
    }

    /** Hides the code. */
    @Override
    public String toString() {
        return "CallbackParameters[hidden]";
    }

    private static @Nullable String query(AuthRequest request) {
        return request.method().equals("GET") ? request.queryString() : null;
    }

    private static @Nullable String body(AuthRequest request) {
        String type = request.header("Content-Type");
        boolean form = type != null && type.toLowerCase(Locale.ROOT).startsWith("application/x-www-form-urlencoded");
        if (!request.method().equals("POST") || !form || request.queryString() != null) {
            return null;
        }
        try {
            return new String(request.body(MAX_LENGTH), StandardCharsets.UTF_8);
        } catch (IOException tooLongOrGone) {
            return null;
        }
    }

    /** RFC 6749 appendix A.11: visible characters only. */
    private static boolean possible(String code) {
        return !code.isEmpty() && code.length() <= MAX_CODE && code.chars().allMatch(c -> c >= 0x20 && c < 0x7f);
    }

    private static @Nullable String first(List<String> values) {
        return values.isEmpty() ? null : values.get(0);
    }
}
