package io.ostiary.apikey;

import java.util.Set;
import java.util.regex.Pattern;

/** The alphabets of a record's words, so that a record is the same in a file, a log line and a header. */
final class Names {
    private static final Pattern LABEL =
            Pattern.compile("[\\p{L}\\p{N}._@:/|+-]([\\p{L}\\p{N} ._@:/|+-]{0,198}[\\p{L}\\p{N}._@:/|+-])?");
    static final String LABEL_ALLOWED = "1 to 200 letters, digits, blanks and ._@:/|+-, no blank at either end";
    static final String WORD_ALLOWED = "1 to 64 letters, digits and ._:/*-";
    static final String WORDS_ALLOWED = "comma-separated words of " + WORD_ALLOWED;

    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9._:/*-]{1,64}");

    private Names() {}

    static void requireLabel(String what, String text) {
        if (!isLabel(text)) {
            throw new IllegalArgumentException(what + " has " + LABEL_ALLOWED);
        }
    }

    static boolean isLabel(String text) {
        return LABEL.matcher(text).matches();
    }

    static Set<String> requireWords(String what, Set<String> words) {
        if (!areWords(words)) {
            throw new IllegalArgumentException(what + " has " + WORD_ALLOWED);
        }
        return Set.copyOf(words);
    }

    static boolean areWords(Set<String> words) {
        return words.stream().allMatch(word -> WORD.matcher(word).matches());
    }
}
