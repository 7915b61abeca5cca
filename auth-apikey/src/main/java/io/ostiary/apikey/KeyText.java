package io.ostiary.apikey;

import io.ostiary.core.crypto.Tokens;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The shape that all secrets of this module share: {@code <prefix>_<env>_<id>_<secret><checksum>}, where everything but
 * the environment has a fixed length and the checksum covers all that stands before it.
 */
record KeyText(String env, String id, String secret) {
    static final int ID_CHARS = 16;
    /** 43 characters of 62 are a little more than 256 bits. */
    static final int SECRET_CHARS = 43;

    private static final int CHECKSUM_CHARS = 6;
    private static final int TAIL_CHARS = SECRET_CHARS + CHECKSUM_CHARS;
    private static final int MIN_ENV = 2;
    private static final int MAX_ENV = 8;
    private static final Pattern ENV = Pattern.compile("[a-z]{" + MIN_ENV + "," + MAX_ENV + "}");
    private static final String BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    static KeyText generate(String env, String id, Tokens tokens) {
        if (!isEnv(env)) {
            throw new IllegalArgumentException("an environment has 2 to 8 lower-case letters, for example live");
        }
        return new KeyText(env, id, random(SECRET_CHARS, tokens));
    }

    static String randomId(Tokens tokens) {
        return random(ID_CHARS, tokens);
    }

    /** Returns null for anything that {@link #format} did not make, typing mistakes included. */
    static @Nullable KeyText parse(String prefix, String text) {
        int envAt = prefix.length() + 1;
        int envEnd = text.length() - TAIL_CHARS - ID_CHARS - 2;
        int envLength = envEnd - envAt;
        if (envLength < MIN_ENV || envLength > MAX_ENV || !text.startsWith(prefix + "_")) {
            return null;
        }
        int idEnd = envEnd + 1 + ID_CHARS;
        KeyText key = new KeyText(
                text.substring(envAt, envEnd),
                text.substring(envEnd + 1, idEnd),
                text.substring(idEnd + 1, idEnd + 1 + SECRET_CHARS));
        boolean formed = isEnv(key.env) && isBase62(key.id) && isBase62(key.secret);
        return formed && key.format(prefix).equals(text) ? key : null;
    }

    String format(String prefix) {
        String body = prefix + '_' + env + '_' + id + '_' + secret;
        return body + checksum(body);
    }

    static boolean isId(String id) {
        return id.length() == ID_CHARS && isBase62(id);
    }

    static boolean isEnv(String env) {
        return ENV.matcher(env).matches();
    }

    private static boolean isBase62(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (BASE62.indexOf(text.charAt(i)) < 0) {
                return false;
            }
        }
        return true;
    }

    /** CRC-32 finds every single wrong character and every swap of neighbours; it proves nothing and need not. */
    private static String checksum(String body) {
        CRC32 crc = new CRC32();
        crc.update(body.getBytes(StandardCharsets.US_ASCII));
        long rest = crc.getValue();
        char[] digits = new char[CHECKSUM_CHARS];
        for (int i = CHECKSUM_CHARS - 1; i >= 0; i--) {
            digits[i] = BASE62.charAt((int) (rest % BASE62.length()));
            rest /= BASE62.length();
        }
        return new String(digits);
    }

    private static String random(int chars, Tokens tokens) {
        StringBuilder text = new StringBuilder(chars);
        while (text.length() < chars) {
            for (byte drawn : tokens.bytes(chars)) {
                int digit = drawn & 0x3F;
                // Values past the alphabet are drawn again: a remainder would favour its first characters.
                if (digit < BASE62.length() && text.length() < chars) {
                    text.append(BASE62.charAt(digit));
                }
            }
        }
        return text.toString();
    }

    @Override
    public String toString() {
        return "KeyText[" + env + '_' + id + ']';
    }
}
