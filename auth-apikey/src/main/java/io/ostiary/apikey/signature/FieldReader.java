package io.ostiary.apikey.signature;

import io.ostiary.apikey.signature.StructuredField.InnerList;
import io.ostiary.apikey.signature.StructuredField.Item;
import io.ostiary.apikey.signature.StructuredField.Member;
import io.ostiary.apikey.signature.StructuredField.Token;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads dictionaries of structured fields (RFC 9651 section 4.2) as far as signatures and digests use them: inner lists,
 * strings, tokens, integers, booleans, byte sequences. Stricter than the standard in one point: a key that comes twice
 * is refused, where the standard lets the last one win. Every step moves forward, so it ends in linear time.
 */
final class FieldReader {
    private static final int MAX_MEMBERS = 64;
    private final String text;
    private int at;

    FieldReader(String text) {
        this.text = text;
    }

    /** The text is not of the form; control flow within this package only. */
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;

        Malformed(int at) {
            super("malformed at " + at, null, false, false);
        }
    }

    /** RFC 9651 section 4.2.2. */
    Map<String, Member> dictionary() throws Malformed {
        Map<String, Member> members = new LinkedHashMap<>();
        skip(" ");
        while (at < text.length()) {
            String key = key();
            Member member = take('=') ? member() : new Item(true, parameters());
            if (members.put(key, member) != null || members.size() > MAX_MEMBERS) {
                throw new Malformed(at);
            }
            skip(" \t");
            if (at == text.length()) {
                return members;
            }
            expect(',');
            skip(" \t");
            if (at == text.length()) {
                throw new Malformed(at);
            }
        }
        return members;
    }

    private Member member() throws Malformed {
        if (!take('(')) {
            return item();
        }
        List<Item> items = new ArrayList<>();
        while (true) { // RFC 9651 section 4.2.1.2
            skip(" ");
            if (take(')')) {
                return new InnerList(items, parameters());
            }
            items.add(item());
            char next = peek();
            if (next != ' ' && next != ')' || items.size() > MAX_MEMBERS) {
                throw new Malformed(at);
            }
        }
    }

    private Item item() throws Malformed {
        return new Item(bareItem(), parameters());
    }

    /** RFC 9651 section 4.2.3.2. */
    private Map<String, Object> parameters() throws Malformed {
        Map<String, Object> parameters = new LinkedHashMap<>();
        while (take(';')) {
            skip(" ");
            String key = key();
            Object value = take('=') ? bareItem() : true;
            if (parameters.put(key, value) != null || parameters.size() > MAX_MEMBERS) {
                throw new Malformed(at);
            }
        }
        return parameters;
    }

    private Object bareItem() throws Malformed {
        char first = peek();
        if (first == '"') {
            return string();
        }
        if (first == ':') {
            return bytes();
        }
        if (first == '?') {
            return bool();
        }
        if (first == '-' || isDigit(first)) {
            return integer();
        }
        if (isAlpha(first) || first == '*') {
            return token();
        }
        throw new Malformed(at);
    }

    private String key() throws Malformed {
        int start = at;
        if (!(isLower(peek()) || peek() == '*')) {
            throw new Malformed(at);
        }
        while (at < text.length() && isKeyChar(text.charAt(at))) {
            at++;
        }
        return text.substring(start, at);
    }

    private String string() throws Malformed {
        expect('"');
        StringBuilder value = new StringBuilder();
        while (true) {
            char c = next();
            if (c == '"') {
                return value.toString();
            }
            if (c == '\\') {
                c = next();
                if (c != '"' && c != '\\') {
                    throw new Malformed(at);
                }
            } else if (c < 0x20 || c > 0x7e) {
                throw new Malformed(at);
            }
            value.append(c);
        }
    }

    private byte[] bytes() throws Malformed {
        expect(':');
        int end = text.indexOf(':', at);
        if (end < 0) {
            throw new Malformed(at);
        }
        try {
            String encoded = text.substring(at, end);
            byte[] decoded = Base64.getDecoder().decode(encoded);
            at = end + 1;
            // One text for one value: no missing padding and no stray bits behind the last byte.
            if (Base64.getEncoder().encodeToString(decoded).equals(encoded)) {
                return decoded;
            }
        } catch (IllegalArgumentException notBase64) {
            throw new Malformed(at);
        }
        throw new Malformed(at);
    }

    private Boolean bool() throws Malformed {
        expect('?');
        if (take('1')) {
            return Boolean.TRUE;
        }
        expect('0');
        return Boolean.FALSE;
    }

    private Long integer() throws Malformed {
        int start = at;
        take('-');
        int digits = at;
        while (at < text.length() && isDigit(text.charAt(at))) {
            at++;
        }
        boolean decimal = at < text.length() && text.charAt(at) == '.';
        if (at == digits || at - digits > 15 || decimal) {
            throw new Malformed(at);
        }
        return Long.valueOf(text.substring(start, at));
    }

    private Token token() {
        int start = at;
        while (at < text.length() && isTokenChar(text.charAt(at))) {
            at++;
        }
        return new Token(text.substring(start, at));
    }

    private static boolean isTokenChar(char c) {
        return isAlpha(c) || isDigit(c) || "!#$%&'*+-.^_`|~:/".indexOf(c) >= 0;
    }

    private static boolean isKeyChar(char c) {
        return isLower(c) || isDigit(c) || "_-.*".indexOf(c) >= 0;
    }

    private static boolean isLower(char c) {
        return c >= 'a' && c <= 'z';
    }

    private static boolean isAlpha(char c) {
        return isLower(c) || c >= 'A' && c <= 'Z';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private void skip(String blanks) {
        while (at < text.length() && blanks.indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private char peek() throws Malformed {
        if (at == text.length()) {
            throw new Malformed(at);
        }
        return text.charAt(at);
    }

    private char next() throws Malformed {
        char c = peek();
        at++;
        return c;
    }

    private boolean take(char wanted) {
        if (at < text.length() && text.charAt(at) == wanted) {
            at++;
            return true;
        }
        return false;
    }

    private void expect(char wanted) throws Malformed {
        if (!take(wanted)) {
            throw new Malformed(at);
        }
    }
}
