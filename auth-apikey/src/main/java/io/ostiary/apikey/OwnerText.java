package io.ostiary.apikey;

import io.ostiary.core.UrlEncoded;
import io.ostiary.core.spi.SubjectKey;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A person as the owner of a record: two persons never have one text, nor one person two. */
final class OwnerText {
    private static final String HEX = "0123456789ABCDEF";
    private static final char BETWEEN = '|';

    private OwnerText() {}

    static @Nullable String of(SubjectKey person) {
        String text = escaped(person.issuer()) + BETWEEN + escaped(person.subject());
        return Names.isLabel(text) ? text : null;
    }

    static @Nullable SubjectKey person(String owner) {
        int between = owner.indexOf(BETWEEN);
        String issuer = between < 1 ? null : plain(owner.substring(0, between));
        String subject = between < 1 ? null : plain(owner.substring(between + 1));
        if (issuer == null || subject == null || issuer.isBlank() || subject.isBlank()) {
            return null;
        }
        SubjectKey person = new SubjectKey(issuer, subject);
        return owner.equals(of(person)) ? person : null;
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (octet & 0xFF);
            if (c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || "._@:/-".indexOf(c) >= 0) {
                escaped.append(c);
            } else {
                escaped.append('+').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 0xF));
            }
        }
        return escaped.toString();
    }

    private static @Nullable String plain(String text) {
        return text.indexOf('%') < 0 ? UrlEncoded.decodedPath(text.replace('+', '%')) : null;
    }
}
