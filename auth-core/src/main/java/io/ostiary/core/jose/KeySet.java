package io.ostiary.core.jose;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.util.Base64URL;
import io.ostiary.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Public keys of an issuer (RFC 7517). Keys that are weak, malformed, private, symmetric or not for signatures are left
 * out, so that a set may hold none. Immutable and thread-safe.
 */
public final class KeySet {
    /** Most keys that are looked at; sets in the wild have fewer than ten. */
    public static final int MAX_KEYS = 100;

    private static final int MAX_TRIES_WITHOUT_KID = 8;
    private final List<PublicJwk> keys;

    private KeySet(List<PublicJwk> keys) {
        this.keys = List.copyOf(keys);
    }

    /** What came of trying keys. */
    enum Outcome {
        HOLDS,
        FAILS,
        NO_KEY
    }

    /**
     * Reads a JWK set.
     *
     * @param document an object with {@code keys}
     * @return null if it is no JWK set or holds more than {@value #MAX_KEYS} keys
     */
    public static @Nullable KeySet parse(JsonObject document) {
        List<Object> members = document.list("keys");
        if (members == null || members.size() > MAX_KEYS) {
            return null;
        }
        List<PublicJwk> keys = new ArrayList<>();
        for (Object member : members) {
            PublicJwk key = member instanceof JsonObject object ? PublicJwk.parse(object) : null;
            if (key != null) {
                keys.add(key);
            }
        }
        return new KeySet(keys);
    }

    /**
     * Returns the number of keys that can be used.
     *
     * @return zero or more
     */
    public int size() {
        return keys.size();
    }

    /** Tries the keys of the token's id; without an id, a few of the algorithm's kind. */
    Outcome verify(@Nullable String kid, JwsAlgorithm algorithm, byte[] input, byte[] signature) {
        List<PublicJwk> fitting = keys.stream()
                .filter(key -> key.fits(kid, algorithm))
                .limit(MAX_TRIES_WITHOUT_KID)
                .toList();
        if (fitting.isEmpty()) {
            return Outcome.NO_KEY;
        }
        // The header is made here from the agreed algorithm: the library never sees what the token says about itself.
        JWSHeader header = new JWSHeader(JWSAlgorithm.parse(algorithm.name()));
        Base64URL encoded = Base64URL.encode(signature);
        for (PublicJwk key : fitting) {
            if (holds(key, header, input, encoded) && key.exact(algorithm, input, signature)) {
                return Outcome.HOLDS;
            }
        }
        // Without an id nobody can tell a forgery from a key that was rotated in.
        return kid == null ? Outcome.NO_KEY : Outcome.FAILS;
    }

    private static boolean holds(PublicJwk key, JWSHeader header, byte[] input, Base64URL signature) {
        try {
            return key.verifier().verify(header, input, signature);
        } catch (JOSEException malformed) {
            return false;
        }
    }

    /** Shows the number of keys only. */
    @Override
    public String toString() {
        return "KeySet[" + keys.size() + "]";
    }
}
