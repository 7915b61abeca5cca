package io.ostiary.servlet;

import io.ostiary.core.AttributeKey;
import io.ostiary.core.AuthRequest.BodyTooLargeException;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.util.Arrays;

/** What the kit has read of a request's body; the rest is still in the container's stream. For one request's thread. */
final class BodyStart {
    static final AttributeKey<BodyStart> KEY = AttributeKey.of("io.ostiary.body", BodyStart.class);

    private final ServletInputStream rest;
    private byte[] bytes = {};
    private boolean whole;

    BodyStart(ServletInputStream rest) {
        this.rest = rest;
    }

    /** The whole body; reads on if that is not known yet. */
    byte[] whole(int maxBytes) throws IOException {
        if (!whole && bytes.length <= maxBytes) {
            byte[] more = rest.readNBytes(maxBytes + 1 - bytes.length);
            int before = bytes.length;
            bytes = Arrays.copyOf(bytes, before + more.length);
            System.arraycopy(more, 0, bytes, before, more.length);
            whole = bytes.length <= maxBytes;
        }
        if (bytes.length > maxBytes) {
            throw new BodyTooLargeException(maxBytes);
        }
        return bytes.clone();
    }

    boolean isEmpty() {
        return bytes.length == 0;
    }

    byte[] soFar() {
        return bytes.clone();
    }

    ServletInputStream rest() {
        return rest;
    }
}
