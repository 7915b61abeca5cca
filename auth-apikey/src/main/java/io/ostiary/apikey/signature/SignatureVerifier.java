package io.ostiary.apikey.signature;

import io.ostiary.core.AuthRequest;
import io.ostiary.core.FailureReason;
import io.ostiary.core.spi.OnceStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Verifies the one signature of a request (RFC 9421). It must cover {@code @method}, the whole target (either
 * {@code @target-uri} or {@code @authority}, {@code @path} and {@code @query}), {@code content-type} where the request has
 * one, and {@code content-digest} where it has a body; it must name {@code created}, {@code keyid} and a {@code nonce},
 * which is claimed only after all else holds. Key and algorithm come from the caller, never from the request. Immutable
 * and thread-safe.
 */
public final class SignatureVerifier {
    /** How far the clocks of both sides may differ, and how old a request may be. */
    public static final Duration WINDOW = Duration.ofMinutes(5);

    private static final String PURPOSE = "signature";
    private static final int MAX_FIELD_CHARS = 4096;
    private static final Set<String> KNOWN_PARAMETERS = Set.of("created", "expires", "nonce", "alg", "keyid", "tag");

    private final OnceStore once;
    private final InstantSource clock;
    private final int maxBody;
    private final Set<String> alsoRequired;
    private final @Nullable String tag;

    /**
     * Creates a verifier.
     *
     * @param once where nonces are claimed
     * @param clock source of time
     * @param maxBody most bytes of a body that are read to check its digest
     * @param alsoRequired further components that must be covered, lower case
     * @param tag what the signature must be for (RFC 9421 section 2.3); null for anything
     */
    public SignatureVerifier(
            OnceStore once, InstantSource clock, int maxBody, Set<String> alsoRequired, @Nullable String tag) {
        this.once = once;
        this.clock = clock;
        this.maxBody = maxBody;
        this.alsoRequired = Set.copyOf(alsoRequired);
        this.tag = tag;
    }

    /** Finds keys by the id that a request names. */
    @FunctionalInterface
    public interface KeySource {
        /**
         * Finds the keys of an id.
         *
         * @param keyId what the request claims; any text
         * @return those that may be used now; empty if there is none
         */
        List<SignatureKey> keys(String keyId);
    }

    /**
     * What came out.
     *
     * @param keyId the id whose key made the signature; empty if it was refused
     * @param refused why the signature does not hold; null if it holds
     */
    public record Result(String keyId, @Nullable FailureReason refused) {}

    /**
     * Verifies.
     *
     * @param request the request
     * @param keys finds the key
     * @return null if the request carries no signature at all
     * @throws UncheckedIOException if the body could not be read
     */
    public @Nullable Result verify(AuthRequest request, KeySource keys) {
        List<String> inputs = request.headers(SignedRequest.INPUT_FIELD);
        List<String> signatures = request.headers(SignedRequest.SIGNATURE_FIELD);
        if (inputs.isEmpty() && signatures.isEmpty()) {
            return null;
        }
        if (length(inputs) > MAX_FIELD_CHARS || length(signatures) > MAX_FIELD_CHARS) {
            return refused(FailureReason.MALFORMED_CREDENTIAL);
        }
        SignedRequest signed = SignedRequest.of(inputs, signatures);
        if (signed == null) {
            return refused(FailureReason.MALFORMED_CREDENTIAL);
        }
        FailureReason formal = checkForm(signed, request);
        String keyId = signed.text("keyid");
        if (formal != null || keyId == null) {
            return refused(formal == null ? FailureReason.MALFORMED_CREDENTIAL : formal);
        }
        FailureReason proof = checkProof(signed, keyId, request, keys.keys(keyId));
        return proof == null ? new Result(keyId, null) : refused(proof);
    }

    private static Result refused(FailureReason reason) {
        return new Result("", reason);
    }

    private static int length(List<String> lines) {
        return lines.stream().mapToInt(String::length).sum();
    }

    /** What can be judged without the key: coverage, parameters, time. */
    private @Nullable FailureReason checkForm(SignedRequest signed, AuthRequest request) {
        if (!KNOWN_PARAMETERS.containsAll(signed.input().parameters().keySet())) {
            return FailureReason.MALFORMED_CREDENTIAL;
        }
        if (!signed.covered().containsAll(required(signed.covered(), request))) {
            return FailureReason.BAD_SIGNATURE;
        }
        if (tag != null && !tag.equals(signed.text("tag"))) {
            return FailureReason.WRONG_AUDIENCE;
        }
        String nonce = signed.text("nonce");
        if (nonce == null || !nonce.matches("[!-~]{16,128}")) {
            return FailureReason.MALFORMED_CREDENTIAL;
        }
        return checkTime(signed);
    }

    private @Nullable FailureReason checkTime(SignedRequest signed) {
        Instant now = clock.instant();
        Instant created = signed.time("created");
        Instant expires = signed.time("expires");
        if (created == null || signed.has("expires") && expires == null) {
            return FailureReason.MALFORMED_CREDENTIAL;
        }
        boolean fresh = Duration.between(created, now).abs().compareTo(WINDOW) <= 0;
        return fresh && (expires == null || now.isBefore(expires)) ? null : FailureReason.EXPIRED_CREDENTIAL;
    }

    private Set<String> required(Set<String> covered, AuthRequest request) {
        Set<String> required = new HashSet<>(alsoRequired);
        required.add("@method");
        if (!covered.contains("@target-uri")) {
            required.addAll(Set.of("@authority", "@path", "@query"));
        }
        if (!request.headers("content-type").isEmpty()) {
            required.add("content-type");
        }
        if (!request.headers(ContentDigest.FIELD).isEmpty()) {
            required.add(ContentDigest.FIELD);
        }
        return required;
    }

    /** The signature, then the body, then the nonce: whoever cannot sign makes us neither read nor remember. */
    private @Nullable FailureReason checkProof(
            SignedRequest signed, String keyId, AuthRequest request, List<SignatureKey> keys) {
        if (keys.isEmpty()) {
            return FailureReason.UNKNOWN_CREDENTIAL;
        }
        byte[] base = SignatureBase.of(new RequestMessage(request), signed.input());
        if (base == null || keys.stream().noneMatch(key -> holds(key, base, signed))) {
            return FailureReason.BAD_SIGNATURE;
        }
        if (!hasSignedBody(signed, request)) {
            return FailureReason.BAD_SIGNATURE;
        }
        Instant forget = clock.instant().plus(WINDOW).plus(WINDOW).plusSeconds(1);
        boolean first = once.claim(PURPOSE, keyId + ' ' + signed.text("nonce"), forget);
        return first ? null : FailureReason.REPLAYED_CREDENTIAL;
    }

    /** A request may repeat the algorithm; it cannot choose one (RFC 9421 section 3.2 step 6). */
    private static boolean holds(SignatureKey key, byte[] base, SignedRequest signed) {
        boolean agrees = !signed.has("alg") || key.algorithm().registeredName().equals(signed.text("alg"));
        return agrees && key.verify(base, signed.signature());
    }

    private boolean hasSignedBody(SignedRequest signed, AuthRequest request) {
        boolean digested = signed.covered().contains(ContentDigest.FIELD);
        try {
            return digested
                    ? ContentDigest.matches(
                            String.join(", ", request.headers(ContentDigest.FIELD)), request.body(maxBody))
                    : request.body(0).length == 0;
        } catch (AuthRequest.BodyTooLargeException tooLarge) {
            return false;
        } catch (IOException e) {
            if (digested) { // whoever sends it went away
                return false;
            }
            throw new UncheckedIOException("the body could not be read", e);
        }
    }

    /** The target as the client sent it, so that what is verified is what is handled. */
    private record RequestMessage(AuthRequest request) implements Message {
        @Override
        public String method() {
            return request.method();
        }

        @Override
        public String scheme() {
            return request.secure() ? "https" : "http";
        }

        @Override
        public String authority() {
            List<String> hosts = request.headers("host");
            return hosts.size() == 1 ? hosts.get(0) : "\n"; // a base never holds a line break
        }

        @Override
        public String path() {
            return request.rawPath();
        }

        @Override
        public @Nullable String query() {
            return request.queryString();
        }

        @Override
        public List<String> headers(String lowerCaseName) {
            return request.headers(lowerCaseName);
        }
    }
}
