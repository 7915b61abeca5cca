package io.ostiary.core.audit;

import java.util.regex.Pattern;

/** Hides what looks like a credential and may have been typed or pasted into the wrong place. */
final class Masks {
    /** Our API keys, JWTs, and long random text; possessive, so that no text makes it slow. */
    private static final Pattern CREDENTIAL =
            Pattern.compile("ost_[A-Za-z0-9_]++|eyJ[A-Za-z0-9_.-]{16,}+|[A-Za-z0-9_-]{40,}+");

    private static final int LONG = 40;

    private Masks() {}

    static String hide(String text) {
        return suspect(text) ? CREDENTIAL.matcher(text).replaceAll("***") : text;
    }

    /** Most texts are short paths: they are seen to be harmless without a matcher. */
    private static boolean suspect(String text) {
        return text.length() >= LONG || text.contains("ost_") || text.contains("eyJ");
    }
}
