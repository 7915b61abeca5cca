package io.ostiary.core;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The lines of {@code attacks/attacks-redirect.txt}. */
final class RedirectAttacks {
    static final String ALLOW = "ALLOW ";
    static final String MAY = "MAY ";

    private RedirectAttacks() {}

    static List<String> lines() {
        try (InputStream in = RedirectAttacks.class.getResourceAsStream("/attacks/attacks-redirect.txt")) {
            String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            return text.lines()
                    .filter(line -> !line.startsWith("#") && !line.isBlank())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the container hands over for {@code ?next=<line>}; null if it is not decodable. */
    static @Nullable String decoded(String line) {
        List<String> values = UrlEncoded.values("next=" + line, "next");
        return values.isEmpty() ? null : values.get(0);
    }
}
