package io.ostiary.apikey;

import io.ostiary.core.Secret;
import io.ostiary.core.proxy.Network;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is stored of one API key; nothing in it lets anyone use the key. Immutable and thread-safe. Times are kept in
 * whole seconds.
 *
 * @param id public id, 16 characters
 * @param env environment that the key's text names
 * @param proof what a caller must know now
 * @param previous what was valid before the last rotation and still is for a while; null if there is nothing
 * @param owner who answers for the key: a team, a service, or a person's subject
 * @param name what the owner calls it
 * @param grant what the key may do
 * @param created when it was made
 * @param expires first instant at which it no longer holds; null for never
 * @param revoked when it was withdrawn; null if it was not
 */
public record ApiKeyRecord(
        String id,
        String env,
        Proof proof,
        @Nullable Previous previous,
        String owner,
        String name,
        Grant grant,
        Instant created,
        @Nullable Instant expires,
        @Nullable Instant revoked) {

    /**
     * Checks.
     *
     * @throws IllegalArgumentException if a part has characters or a length that it may not have
     */
    public ApiKeyRecord {
        if (!KeyText.isId(id)) {
            throw new IllegalArgumentException("an id has 16 letters and digits");
        }
        if (!KeyText.isEnv(env)) {
            throw new IllegalArgumentException("an environment has 2 to 8 lower-case letters");
        }
        Names.requireLabel("an owner", owner);
        Names.requireLabel("a name", name);
        created = created.truncatedTo(ChronoUnit.SECONDS);
        expires = expires == null ? null : expires.truncatedTo(ChronoUnit.SECONDS);
        revoked = revoked == null ? null : revoked.truncatedTo(ChronoUnit.SECONDS);
    }

    /**
     * What a caller must know.
     *
     * @param hash SHA-256 of the key's secret, 32 bytes
     * @param signing how requests are signed; null if this key signs nothing
     */
    public record Proof(Secret hash, @Nullable Signing signing) {
        /**
         * Checks.
         *
         * @throws IllegalArgumentException if the hash has not 32 bytes
         */
        public Proof {
            if (hash.size() != 32) {
                throw new IllegalArgumentException("a hash has 32 bytes");
            }
        }
    }

    /**
     * How requests are signed with a key.
     *
     * @param algorithm name in the HTTP Signature Algorithms registry (RFC 9421 section 6.2.2)
     * @param key for {@code hmac-sha256} the shared secret, sealed; else the public key, SubjectPublicKeyInfo in base64
     */
    public record Signing(String algorithm, String key) {
        /**
         * Checks.
         *
         * @throws IllegalArgumentException if the algorithm is unknown or the key is not base64
         */
        public Signing {
            if (!Set.of("hmac-sha256", "ed25519", "ecdsa-p256-sha256").contains(algorithm)) {
                throw new IllegalArgumentException(
                        "a signing algorithm is one of hmac-sha256, ed25519, ecdsa-p256-sha256");
            }
            if (!key.matches("[A-Za-z0-9+/_-]{32,400}={0,2}")) {
                throw new IllegalArgumentException("a signing key has 32 to 400 characters of base64");
            }
        }

        @Override
        public String toString() {
            return "Signing[" + algorithm + "]";
        }
    }

    /**
     * What was valid before a rotation.
     *
     * @param proof what a caller must know
     * @param until first instant at which it no longer holds
     */
    public record Previous(Proof proof, Instant until) {
        /** Drops what is below a second. */
        public Previous {
            until = until.truncatedTo(ChronoUnit.SECONDS);
        }
    }

    /**
     * What a key may do.
     *
     * @param roles role names
     * @param scopes permission names
     * @param networks addresses or CIDR ranges it may be used from; empty for anywhere
     * @param perMinute requests a minute; 0 for no limit of its own
     * @param personal true if the owner is a person, whose own rights bound those of the key at every use
     * @param vouched roles that the login of that person brought, which nothing in this application can know by itself;
     *     they give the key nothing, but count among the rights of its owner
     */
    public record Grant(
            Set<String> roles,
            Set<String> scopes,
            Set<String> networks,
            int perMinute,
            boolean personal,
            Set<String> vouched) {
        /**
         * Checks and copies.
         *
         * @throws IllegalArgumentException if a role, a scope, a network or the limit is not of its form
         */
        public Grant {
            roles = Names.requireWords("a role", roles);
            scopes = Names.requireWords("a scope", scopes);
            vouched = Names.requireWords("a vouched role", vouched);
            networks = Set.copyOf(networks);
            if (networks.stream().anyMatch(network -> Network.parse(network) == null)) {
                throw new IllegalArgumentException("networks are " + Network.ALLOWED);
            }
            if (perMinute < 0 || perMinute > 1_000_000) {
                throw new IllegalArgumentException("a limit is a number from 0 to 1000000");
            }
        }

        /**
         * Grants without a word of what a login brought.
         *
         * @param roles role names
         * @param scopes permission names
         * @param networks addresses or CIDR ranges it may be used from; empty for anywhere
         * @param perMinute requests a minute; 0 for no limit of its own
         * @param personal true if the owner is a person
         * @throws IllegalArgumentException if a role, a scope, a network or the limit is not of its form
         */
        public Grant(Set<String> roles, Set<String> scopes, Set<String> networks, int perMinute, boolean personal) {
            this(roles, scopes, networks, perMinute, personal, Set.of());
        }

        Grant withVouched(Set<String> left) {
            return new Grant(roles, scopes, networks, perMinute, personal, left);
        }

        /**
         * Grants roles and scopes from anywhere.
         *
         * @param roles role names
         * @param scopes permission names
         * @return a grant for a service
         */
        public static Grant of(Set<String> roles, Set<String> scopes) {
            return new Grant(roles, scopes, Set.of(), 0, false);
        }
    }

    /**
     * Tells whether the key holds at an instant, apart from what the caller must know.
     *
     * @param now the instant
     * @return false once it is revoked or expired
     */
    public boolean isLive(Instant now) {
        return revoked == null && !isExpired(now);
    }

    boolean isExpired(Instant now) {
        return expires != null && !now.isBefore(expires);
    }

    ApiKeyRecord withName(String newName) {
        return new ApiKeyRecord(id, env, proof, previous, owner, newName, grant, created, expires, revoked);
    }

    ApiKeyRecord withProof(Proof newProof, @Nullable Previous newPrevious) {
        return new ApiKeyRecord(id, env, newProof, newPrevious, owner, name, grant, created, expires, revoked);
    }

    ApiKeyRecord withExpiry(@Nullable Instant end) {
        return new ApiKeyRecord(id, env, proof, previous, owner, name, grant, created, end, revoked);
    }

    ApiKeyRecord withGrant(Grant newGrant) {
        return new ApiKeyRecord(id, env, proof, previous, owner, name, newGrant, created, expires, revoked);
    }

    /** A revoked key keeps no earlier secret. */
    ApiKeyRecord withRevoked(Instant when) {
        return new ApiKeyRecord(id, env, proof, null, owner, name, grant, created, expires, when);
    }
}
