package io.ostiary.testkit;

import io.ostiary.core.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What one endpoint of a {@link FakeOpenIdProvider} answers.
 *
 * @param status HTTP status
 * @param headers header lines
 * @param body body
 * @param manner whether it comes at once
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record FakeOpenIdProviderAnswer(int status, Map<String, String> headers, byte[] body, Manner manner) {
    /** How an answer comes. */
    public enum Manner {
        /** At once. */
        PROMPT,
        /** Not at all, until the provider is closed. */
        HANGING,
        /** Headers at once, then a byte now and then, until the provider is closed. */
        DRIPPING
    }

    /** Copies. */
    public FakeOpenIdProviderAnswer {
        headers = Map.copyOf(headers);
        body = body.clone();
    }

    /**
     * A JSON document.
     *
     * @param status HTTP status
     * @param document what {@link Json#write} takes
     * @return an answer
     */
    public static FakeOpenIdProviderAnswer json(int status, Object document) {
        return text(status, "application/json", Json.write(document));
    }

    /**
     * Any text.
     *
     * @param status HTTP status
     * @param contentType value of the header
     * @param body the text
     * @return an answer
     */
    public static FakeOpenIdProviderAnswer text(int status, String contentType, String body) {
        return new FakeOpenIdProviderAnswer(
                status, Map.of("Content-Type", contentType), body.getBytes(StandardCharsets.UTF_8), Manner.PROMPT);
    }

    /**
     * A redirect.
     *
     * @param location where to
     * @return an answer with status 302
     */
    public static FakeOpenIdProviderAnswer redirect(String location) {
        return new FakeOpenIdProviderAnswer(302, Map.of("Location", location), new byte[0], Manner.PROMPT);
    }

    /**
     * An answer that does not come at once.
     *
     * @param manner how
     * @return an answer
     */
    public static FakeOpenIdProviderAnswer slow(Manner manner) {
        return new FakeOpenIdProviderAnswer(200, Map.of("Content-Type", "application/json"), new byte[0], manner);
    }
}
