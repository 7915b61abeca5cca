package io.ostiary.core.json;

/** Text is not the JSON that was asked for. The message is fixed words and never holds a part of the text. */
public final class JsonException extends Exception {
    private static final long serialVersionUID = 1L;

    JsonException(String message) {
        super(message);
    }
}
