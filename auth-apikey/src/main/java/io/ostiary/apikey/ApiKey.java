package io.ostiary.apikey;

import io.ostiary.core.Secret;
import io.ostiary.core.crypto.Tokens;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The text of one API key, {@code ost_<env>_<id>_<secret>}: the environment has 2 to 8 lower-case letters, the public id
 * 16 and the last part 49 characters of {@code [0-9A-Za-z]}, of which 43 are random (256 bits) and 6 are a checksum over
 * all before them, so that a mistyped key is refused without a look-up. Immutable and thread-safe; it never prints.
 */
public final class ApiKey {
    /** Regular expression that finds keys in source code and logs, for secret scanners. */
    public static final String SCANNER_PATTERN = "ost_[a-z]{2,8}_[0-9A-Za-z]{16}_[0-9A-Za-z]{49}";

    private static final String PREFIX = "ost";
    private final KeyText text;

    private ApiKey(KeyText text) {
        this.text = text;
    }

    /**
     * Makes a new key.
     *
     * @param env 2 to 8 lower-case letters, for example {@code live}
     * @param tokens source of randomness
     * @return a key with a new id and a new secret
     * @throws IllegalArgumentException if the environment has another form
     */
    public static ApiKey generate(String env, Tokens tokens) {
        return generate(env, KeyText.randomId(tokens), tokens);
    }

    /** Makes a new secret for an id that exists. */
    static ApiKey generate(String env, String id, Tokens tokens) {
        return new ApiKey(KeyText.generate(env, id, tokens));
    }

    /**
     * Reads a key.
     *
     * @param text what a client sent; any length, any characters
     * @return null if it is not a key: another form or alphabet, a wrong checksum
     */
    public static @Nullable ApiKey parse(String text) {
        KeyText parsed = KeyText.parse(PREFIX, text);
        return parsed == null ? null : new ApiKey(parsed);
    }

    /**
     * Returns the environment.
     *
     * @return for example {@code live}
     */
    public String env() {
        return text.env();
    }

    /**
     * Returns the public id, which may be logged.
     *
     * @return 16 characters
     */
    public String id() {
        return text.id();
    }

    /**
     * Returns what is stored of the secret. A fast hash is right here: the input has 256 random bits.
     *
     * @return SHA-256 of the 43 random characters in ASCII
     */
    public Secret hash() {
        return Secret.of(Tokens.sha256(text.secret().getBytes(StandardCharsets.US_ASCII)));
    }

    /**
     * Hands out the whole key. It is shown to its owner once; whoever calls this answers for where it goes.
     *
     * @return what the client sends
     */
    public String revealText() {
        return text.format(PREFIX);
    }

    @Override
    public String toString() {
        return "ApiKey[" + PREFIX + '_' + text.env() + '_' + text.id() + ']';
    }
}
