package io.ostiary.core.jose;

/** The form of a bearer token on its way: {@code b64token} of RFC 6750 section 2.1, {@code token68} of RFC 9110 section 11.2. */
public final class Token68 {
    private static final String MARKS = "-._~+/";

    private Token68() {}

    /**
     * Tells whether a text has that form. Without a regular expression: every token that is new comes through here.
     *
     * @param text any text
     * @return true for one or more letters, digits and {@code -._~+/}, with equals signs at the end only
     */
    public static boolean is(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == '=') {
            end--;
        }
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            boolean letterOrDigit = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (!letterOrDigit && MARKS.indexOf(c) < 0) {
                return false;
            }
        }
        return end > 0;
    }
}
