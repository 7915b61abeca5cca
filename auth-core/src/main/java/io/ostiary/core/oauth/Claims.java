package io.ostiary.core.oauth;

import io.ostiary.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a provider says about a person; where both say something, the ID token, which is signed, counts.
 *
 * @param idToken checked; without members for plain OAuth 2.0
 * @param userInfo checked; without members if it was not asked for
 */
record Claims(JsonObject idToken, JsonObject userInfo) {
    private static final int MAX_TEXT = 1024;

    /** Text that is fit to be shown: not blank, not endless, without line breaks and other controls. */
    @Nullable
    String text(String pointer) {
        String signed = idToken.textAt(pointer);
        String text = signed == null ? userInfo.textAt(pointer) : signed;
        boolean fit = text != null
                && !text.isBlank()
                && text.length() <= MAX_TEXT
                && text.chars().noneMatch(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029);
        return fit ? text : null;
    }

    /**
     * Whether a source that names this address also says that it is verified; of two sources that speak of it, the signed
     * one counts. True only for JSON true: the text "true" is what a careless or hostile source writes.
     */
    boolean vouchesFor(String address) {
        JsonObject source = idToken.has("email") && idToken.has("email_verified") ? idToken : userInfo;
        return address.equals(source.text("email")) && Boolean.TRUE.equals(source.flag("email_verified"));
    }

    @Nullable
    List<String> texts(String pointer) {
        List<String> signed = idToken.textsAt(pointer);
        return signed == null ? userInfo.textsAt(pointer) : signed;
    }

    /** A subject as it is; some providers number their users. */
    @Nullable
    String subject(String pointer) {
        Object value = idToken.names().isEmpty() ? userInfo.at(pointer) : idToken.at(pointer);
        return value instanceof Long number ? Long.toString(number) : value instanceof String text ? text : null;
    }
}
