package io.ostiary.sample.launcher;

import io.ostiary.apikey.ApiKeyRecord;
import io.ostiary.apikey.ApiKeys;
import io.ostiary.apikey.FileApiKeyStore;
import io.ostiary.apikey.signature.SignatureAlgorithm;
import io.ostiary.core.Secret;
import io.ostiary.core.crypto.MasterKey;
import io.ostiary.core.crypto.Tokens;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An API key that lives as long as the launcher, with what it takes to sign requests.
 *
 * @param text what a program sends
 * @param id its public id
 * @param file the key file that the application reads; only its owner may
 * @param privateKey PEM file of a key for ed25519, beside the key file
 * @param signingSecret for hmac-sha256; null where the application makes up its secret, under which it would be sealed
 */
record DemoKey(
        String text,
        String id,
        Path file,
        Path privateKey,
        @Nullable String signingSecret) {
    private static final Set<String> SCOPES = Set.of("orders.read", "orders.write");
    /** Both ways to sign hold side by side, as in a rotation. */
    private static final Duration BOTH = Duration.ofDays(90);

    /** Mints a key into a new file, in a directory that only its owner can enter. */
    static DemoKey mint(Path file, @Nullable Secret secret) throws IOException, GeneralSecurityException {
        InstantSource clock = InstantSource.system();
        Tokens tokens = new Tokens();
        ApiKeys keys = new ApiKeys(FileApiKeyStore.openOrCreate(file, clock), tokens, clock);
        ApiKeys.Issued issued = keys.create(
                new ApiKeys.Draft("dev", "sample", "demo", ApiKeyRecord.Grant.of(Set.of("service"), SCOPES), null));
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        Path privateKey = file.resolveSibling("client.pem");
        Files.writeString(privateKey, pem(pair));
        ApiKeyRecord record = Objects.requireNonNull(keys.trustPublicKey(
                issued.record(),
                SignatureAlgorithm.ED25519,
                Base64.getEncoder().encodeToString(pair.getPublic().getEncoded()),
                Duration.ZERO));
        String signingSecret = secret == null
                ? null
                : new String(
                        Objects.requireNonNull(keys.shareSecret(record, new MasterKey(secret), BOTH))
                                .secret()
                                .revealBytes(),
                        StandardCharsets.US_ASCII);
        return new DemoKey(issued.key().revealText(), record.id(), file, privateKey, signingSecret);
    }

    /** What the recipes of docs/service-to-service.md read from the environment. */
    String environment(String baseUrl) {
        return "BASE=" + baseUrl + " API_KEY=" + text + " KEY_ID=" + id + " PRIVATE_KEY=" + privateKey
                + (signingSecret == null ? "" : " SIGNING_SECRET=" + signingSecret);
    }

    private static String pem(KeyPair pair) {
        String body = Base64.getMimeEncoder().encodeToString(pair.getPrivate().getEncoded());
        return "-----BEGIN PRIVATE KEY-----\n" + body + "\n-----END PRIVATE KEY-----\n";
    }

    @Override
    public String toString() {
        return "DemoKey[" + file + "]";
    }
}
