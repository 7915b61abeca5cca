package io.ostiary.apikey.signature;

import io.ostiary.apikey.signature.StructuredField.InnerList;
import io.ostiary.apikey.signature.StructuredField.Item;
import io.ostiary.core.crypto.Tokens;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Signs requests for any HTTP client, with a new nonce each time. It covers method, target, content type and body.
 * Immutable and thread-safe.
 */
public final class RequestSigner {
    private static final String LABEL = "sig1";
    private final String keyId;
    private final SignatureKey key;
    private final @Nullable String tag;
    private final Tokens tokens;
    private final InstantSource clock;

    /**
     * Creates a signer.
     *
     * @param keyId public id of the API key
     * @param key shared secret or private key
     * @param tag what the signatures are for, as the server demands it; null for nothing
     * @param tokens source of nonces
     * @param clock source of time
     * @throws IllegalArgumentException if the id or the tag is not plain ASCII
     */
    public RequestSigner(String keyId, SignatureKey key, @Nullable String tag, Tokens tokens, InstantSource clock) {
        if (!(keyId + tag).matches("[ -~]*")) {
            throw new IllegalArgumentException("key id and tag are plain ASCII");
        }
        this.keyId = keyId;
        this.key = key;
        this.tag = tag;
        this.tokens = tokens;
        this.clock = clock;
    }

    /**
     * Signs one request.
     *
     * @param method as it will be sent
     * @param target absolute, with the query, as it will be sent
     * @param contentType as it will be sent; null if none is
     * @param body the whole body; empty for none
     * @return headers to add: {@code Signature-Input}, {@code Signature} and, with a body, {@code Content-Digest}
     */
    public Map<String, String> sign(String method, URI target, @Nullable String contentType, byte[] body) {
        Map<String, List<String>> covered = new LinkedHashMap<>();
        Map<String, String> added = new LinkedHashMap<>();
        if (contentType != null) {
            covered.put("content-type", List.of(contentType));
        }
        if (body.length > 0) {
            added.put("Content-Digest", ContentDigest.of(body));
            covered.put(ContentDigest.FIELD, List.of(ContentDigest.of(body)));
        }
        InnerList input = new InnerList(components(covered), parameters());
        byte[] base = SignatureBase.of(new Outgoing(method, target, covered), input);
        if (base == null) {
            throw new IllegalArgumentException("the method, the target or the content type is not plain ASCII");
        }
        added.put("Signature-Input", LABEL + '=' + input.serialize());
        added.put("Signature", LABEL + '=' + StructuredField.bytes(key.sign(base)));
        return added;
    }

    private static List<Item> components(Map<String, List<String>> covered) {
        List<Item> components = new ArrayList<>();
        for (String name : List.of("@method", "@authority", "@path", "@query")) {
            components.add(new Item(name, Map.of()));
        }
        covered.keySet().forEach(name -> components.add(new Item(name, Map.of())));
        return components;
    }

    private Map<String, Object> parameters() {
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("created", clock.instant().getEpochSecond());
        parameters.put("keyid", keyId);
        parameters.put("nonce", tokens.next());
        if (tag != null) {
            parameters.put("tag", tag);
        }
        return parameters;
    }

    private record Outgoing(String method, URI target, Map<String, List<String>> fields) implements Message {
        @Override
        public String scheme() {
            return target.getScheme();
        }

        @Override
        public String authority() {
            return target.getRawAuthority();
        }

        @Override
        public String path() {
            return target.getRawPath();
        }

        @Override
        public @Nullable String query() {
            return target.getRawQuery();
        }

        @Override
        public List<String> headers(String lowerCaseName) {
            return fields.getOrDefault(lowerCaseName, List.of());
        }
    }
}
