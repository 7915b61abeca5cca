package io.ostiary.core.headers;

import io.ostiary.core.AttributeKey;
import io.ostiary.core.AuthRequest;
import io.ostiary.core.Reply;
import io.ostiary.core.config.ConfigurationException;
import io.ostiary.core.config.Settings;
import io.ostiary.core.crypto.Tokens;
import io.ostiary.core.spi.EdgeStep;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Sets security headers before anything else is done, so that errors, redirects, refusals and static files have them too.
 * Whoever answers may replace one. Immutable and thread-safe.
 */
public final class SecurityHeaders implements EdgeStep {
    /** The nonce of this answer, for {@code <script nonce="...">}; not set unless the policy has {@code {nonce}} in it. */
    public static final AttributeKey<String> NONCE = AttributeKey.named("ostiary.csp-nonce", String.class);

    private static final String PLACE = "{nonce}";
    private static final int NONCE_BYTES = 18;
    private static final String OFF = "off";

    private static final List<Known> KNOWN = List.of(
            new Known("X-Content-Type-Options", "nosniff"),
            new Known("Referrer-Policy", "strict-origin-when-cross-origin"),
            new Known("Content-Security-Policy", "object-src 'none'; base-uri 'self'; frame-ancestors 'self'"),
            new Known("Permissions-Policy", "camera=(self), geolocation=(self), microphone=(self), payment=(self)"),
            new Known("Cross-Origin-Opener-Policy", "same-origin-allow-popups"),
            new Known("Cross-Origin-Resource-Policy", "same-site"));
    private static final Known HSTS = new Known("Strict-Transport-Security", "max-age=31536000");

    private final List<Known> fixed;
    private final @Nullable Known withNonce;
    private final Tokens tokens;

    private SecurityHeaders(List<Known> fixed, @Nullable Known withNonce, Tokens tokens) {
        this.fixed = List.copyOf(fixed);
        this.withNonce = withNonce;
        this.tokens = tokens;
    }

    private record Known(String name, String value) {
        String key() {
            return name.toLowerCase(Locale.ROOT);
        }
    }

    private enum Mode {
        ON,
        OFF
    }

    /**
     * Reads the settings: {@code mode} ({@code on} or {@code off}), and for each header its name in small letters with the
     * value, or {@code off}.
     *
     * @param section the settings of the headers
     * @param https whether the application's public address is https: only then browsers are told to insist on it, in
     *     answers that go over TLS
     * @param tokens draws nonces
     * @return null if they are off
     * @throws ConfigurationException if a setting is wrong
     */
    public static @Nullable SecurityHeaders from(Settings section, boolean https, Tokens tokens) {
        Mode mode = section.oneOf("mode", Mode.class, Mode.ON);
        List<Known> fixed = new ArrayList<>();
        Known withNonce = null;
        List<Known> all = new ArrayList<>(KNOWN);
        all.add(HSTS);
        for (Known known : all) {
            if (mode == Mode.OFF && section.has(known.key())) {
                throw section.problem(known.key(), "stands beside 'mode' set to off; allowed: one of the two");
            }
            String value = value(section, known, https);
            if (value.equals(OFF)) {
                continue;
            }
            if (value.contains(PLACE)) {
                withNonce = new Known(known.name(), value);
            } else {
                fixed.add(new Known(known.name(), value));
            }
        }
        return mode == Mode.OFF ? null : new SecurityHeaders(fixed, withNonce, tokens);
    }

    private static String value(Settings section, Known known, boolean https) {
        boolean hsts = known.name().equals(HSTS.name());
        String value = section.text(known.key(), hsts && !https ? OFF : known.value());
        boolean policy = known.name().equals("Content-Security-Policy");
        if (!value.chars().allMatch(c -> c >= 0x20 && c < 0x7f) || value.contains(PLACE) && !policy) {
            throw section.problem(
                    known.key(),
                    "is '" + value + "'; allowed: printable ASCII" + (policy ? ", with {nonce} for the nonce" : "")
                            + ", or off");
        }
        if (hsts && !https && !value.equals(OFF)) {
            throw section.problem(known.key(), "is '" + value + "'; allowed: off, because 'base-url' is not https");
        }
        if (hsts
                && https
                && !value.equals(OFF)
                && !value.matches("max-age=[0-9]{1,10}(; ?includeSubDomains)?(; ?preload)?")) {
            throw section.problem(
                    known.key(),
                    "is '" + value + "'; allowed: max-age=<seconds>, '; includeSubDomains' after it, or off");
        }
        return value;
    }

    @Override
    public @Nullable Reply before(AuthRequest request, Answer answer) {
        boolean secure = request.secure();
        for (Known header : fixed) {
            if (secure || !header.name().equals(HSTS.name())) { // RFC 6797 section 7.2: never over plain http
                answer.set(header.name(), header.value());
            }
        }
        if (withNonce != null) {
            String known = request.attribute(NONCE); // an error page may show what the page before it began
            String nonce = known != null ? known : Base64.getEncoder().encodeToString(tokens.bytes(NONCE_BYTES));
            request.attribute(NONCE, nonce);
            answer.set(withNonce.name(), withNonce.value().replace(PLACE, "'nonce-" + nonce + "'"));
        }
        return null;
    }

    @Override
    public boolean always() {
        return true;
    }

    @Override
    public String toString() {
        List<String> names = new ArrayList<>();
        fixed.forEach(header -> names.add(header.name()));
        if (withNonce != null) {
            names.add(withNonce.name() + " with nonce");
        }
        return String.join(", ", names);
    }
}
