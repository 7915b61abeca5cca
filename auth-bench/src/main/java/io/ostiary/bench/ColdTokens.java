package io.ostiary.bench;

import io.ostiary.core.AuthOutcome;
import io.ostiary.core.Identity;
import io.ostiary.core.Secret;
import io.ostiary.core.cache.MemoryDenyList;
import io.ostiary.core.cache.MemoryEpochs;
import io.ostiary.core.cache.MemoryOnceStore;
import io.ostiary.core.config.Settings;
import io.ostiary.core.crypto.MasterKey;
import io.ostiary.core.crypto.Tokens;
import io.ostiary.core.spi.Authenticator;
import io.ostiary.core.spi.Feature;
import io.ostiary.core.token.TokenService;
import io.ostiary.core.token.TokenSettings;
import io.ostiary.testkit.FakeRequest;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Tokens that nobody has seen before, each sent once, beside the JDK's own verification of as many bytes. With ES256 the
 * verification hides everything else in its noise, so what the kit does besides is shown by HS256 too, whose
 * verification takes next to nothing.
 */
public final class ColdTokens {
    private static final String SECRET = "0123456789abcdef0123456789abcdef0123456789abcdef";
    private static final int SLICE = 500;

    private ColdTokens() {}

    public static void main(String[] args) throws Exception {
        measure("hs256", new Hmac(), 60); // long enough for the compiler to be done
        measure("es256", new Ecdsa(), 12);
    }

    private static void measure(String algorithm, Jdk plain, int slices) throws Exception {
        TokenService service = service(algorithm);
        long[] ours = new long[slices];
        long[] jdk = new long[slices];
        for (int i = 0; i < slices; i++) {
            ours[i] = ours(service);
            jdk[i] = plain.verify();
        }
        double kit = lateMedian(ours);
        double alone = lateMedian(jdk);
        System.out.printf(
                "%s, each token once: %.1f us; the JDK's verification alone: %.1f us; difference of the medians %.1f us%n",
                algorithm, kit, alone, kit - alone);
    }

    /** The first half runs before the compiler is done. */
    private static double lateMedian(long[] nanos) {
        long[] late = Arrays.copyOfRange(nanos, nanos.length / 2, nanos.length);
        Arrays.sort(late);
        return late[late.length / 2] / 1e3;
    }

    private static TokenService service(String algorithm) {
        InstantSource clock = InstantSource.system();
        Feature.Context context = new Feature.Context(
                new MasterKey(Secret.of(SECRET)),
                new Tokens(),
                clock,
                new MemoryOnceStore(10, clock),
                (key, rates) -> java.time.Duration.ZERO,
                true);
        TokenSettings settings = TokenSettings.from(
                Settings.of(Map.of("token.enabled", "true", "token.algorithm", algorithm)),
                context.key(),
                "http://localhost:8080",
                false);
        return TokenService.inMemory(
                settings,
                new TokenService.Revocation(new MemoryDenyList(10, clock), new MemoryEpochs(10, clock)),
                new TokenService.Where("/auth/token", "ostiary"),
                context,
                event -> {});
    }

    private static long ours(TokenService service) {
        Authenticator authenticator = service.authenticator();
        List<FakeRequest> requests = new ArrayList<>();
        for (int i = 0; i < SLICE; i++) {
            Identity identity = Identity.of("session", "https://op.example", "ada" + i, Instant.now())
                    .plusRoles(Set.of("user"));
            String token = service.issue(FakeRequest.get("/"), identity, "session", Set.of())
                    .access();
            requests.add(FakeRequest.get("/api").header("Authorization", "Bearer " + token));
        }
        long before = System.nanoTime();
        for (FakeRequest request : requests) {
            if (!(authenticator.authenticate(request) instanceof AuthOutcome.Authenticated)) {
                throw new IllegalStateException("not accepted");
            }
        }
        return (System.nanoTime() - before) / SLICE;
    }

    private interface Jdk {
        /** Nanoseconds for one. */
        long verify() throws Exception;
    }

    private static byte[] text(int i) {
        return ("x".repeat(400) + i).getBytes(StandardCharsets.US_ASCII);
    }

    private static final class Hmac implements Jdk {
        private static final SecretKeySpec KEY =
                new SecretKeySpec(SECRET.getBytes(StandardCharsets.US_ASCII), "HmacSHA256");

        private static byte[] sign(int i) throws Exception {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(KEY);
            return mac.doFinal(text(i));
        }

        @Override
        public long verify() throws Exception {
            long before = System.nanoTime();
            for (int i = 0; i < SLICE; i++) {
                if (!MessageDigest.isEqual(sign(i), sign(i))) {
                    throw new IllegalStateException("not verified");
                }
            }
            return (System.nanoTime() - before) / SLICE / 2; // signed twice
        }
    }

    private static final class Ecdsa implements Jdk {
        private final KeyPair pair;
        private final List<byte[]> signatures = new ArrayList<>();

        Ecdsa() throws Exception {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            pair = generator.generateKeyPair();
            for (int i = 0; i < SLICE; i++) {
                Signature signer = Signature.getInstance("SHA256withECDSAinP1363Format");
                signer.initSign(pair.getPrivate());
                signer.update(text(i));
                signatures.add(signer.sign());
            }
        }

        @Override
        public long verify() throws Exception {
            long before = System.nanoTime();
            for (int i = 0; i < SLICE; i++) {
                Signature verifier = Signature.getInstance("SHA256withECDSAinP1363Format");
                verifier.initVerify(pair.getPublic());
                verifier.update(text(i));
                if (!verifier.verify(signatures.get(i))) {
                    throw new IllegalStateException("not verified");
                }
            }
            return (System.nanoTime() - before) / SLICE;
        }
    }
}
