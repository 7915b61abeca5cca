package io.ostiary.apikey;

import java.util.Set;

/** The alphabets of a record's words, so that a record is the same in a file, a log line and a header. */
final class Names {
    static final String LABEL = "[\\p{L}\\p{N}._@:/|+-]([\\p{L}\\p{N} ._@:/|+-]{0,198}[\\p{L}\\p{N}._@:/|+-])?";
    static final String LABEL_ALLOWED = "1 to 200 letters, digits, blanks and ._@:/|+-, no blank at either end";
    static final String WORD_ALLOWED = "1 to 64 letters, digits and ._:/*-";
    static final String WORDS_ALLOWED = "comma-separated words of " + WORD_ALLOWED;

    private static final String WORD = "[A-Za-z0-9._:/*-]{1,64}";

    private Names() {}

    static void requireLabel(String what, String text) {
        if (!text.matches(LABEL)) {
            throw new IllegalArgumentException(what + " has " + LABEL_ALLOWED);
        }
    }

    static Set<String> requireWords(String what, Set<String> words) {
        if (!areWords(words)) {
            throw new IllegalArgumentException(what + " has " + WORD_ALLOWED);
        }
        return Set.copyOf(words);
    }

    static boolean areWords(Set<String> words) {
        return words.stream().allMatch(word -> word.matches(WORD));
    }
}
