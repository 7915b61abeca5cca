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
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Tokens that nobody has seen before, each sent once, beside the JDK's own verification of as many bytes. */
public final class ColdTokens {
    private static final String SECRET = "0123456789abcdef0123456789abcdef0123456789abcdef";
    private static final int SLICES = 12;
    private static final int SLICE = 500;

    private ColdTokens() {}

    public static void main(String[] args) throws Exception {
        InstantSource clock = InstantSource.system();
        Feature.Context context = new Feature.Context(
                new MasterKey(Secret.of(SECRET)),
                new Tokens(),
                clock,
                new MemoryOnceStore(10, clock),
                (key, rates) -> java.time.Duration.ZERO,
                true);
        TokenSettings settings = TokenSettings.from(
                Settings.of(Map.of("token.enabled", "true", "token.algorithm", "es256")),
                context.key(),
                "http://localhost:8080",
                false);
        TokenService service = TokenService.inMemory(
                settings,
                new TokenService.Revocation(new MemoryDenyList(10, clock), new MemoryEpochs(10, clock)),
                new TokenService.Where("/auth/token", "ostiary"),
                context,
                event -> {});
        long[] ours = new long[SLICES];
        long[] jdk = new long[SLICES];
        Jdk plain = new Jdk();
        for (int i = 0; i < SLICES; i++) {
            ours[i] = ours(service);
            jdk[i] = plain.verify();
        }
        // The first half runs before the compiler is done.
        long[] warmOurs = Arrays.copyOfRange(ours, SLICES / 2, SLICES);
        long[] warmJdk = Arrays.copyOfRange(jdk, SLICES / 2, SLICES);
        Arrays.sort(warmOurs);
        Arrays.sort(warmJdk);
        System.out.printf(
                "ES256, each token once: %.1f us; the JDK's verification alone: %.1f us; difference of the medians %.1f us%n",
                warmOurs[SLICES / 4] / 1e3,
                warmJdk[SLICES / 4] / 1e3,
                (warmOurs[SLICES / 4] - warmJdk[SLICES / 4]) / 1e3);
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

    private static final class Jdk {
        private final KeyPair pair;
        private final List<byte[]> texts = new ArrayList<>();
        private final List<byte[]> signatures = new ArrayList<>();

        Jdk() throws Exception {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            pair = generator.generateKeyPair();
            for (int i = 0; i < SLICE; i++) {
                byte[] text = ("x".repeat(400) + i).getBytes(StandardCharsets.US_ASCII);
                Signature signer = Signature.getInstance("SHA256withECDSAinP1363Format");
                signer.initSign(pair.getPrivate());
                signer.update(text);
                texts.add(text);
                signatures.add(signer.sign());
            }
        }

        long verify() throws Exception {
            long before = System.nanoTime();
            for (int i = 0; i < SLICE; i++) {
                Signature verifier = Signature.getInstance("SHA256withECDSAinP1363Format");
                verifier.initVerify(pair.getPublic());
                verifier.update(texts.get(i));
                if (!verifier.verify(signatures.get(i))) {
                    throw new IllegalStateException("not verified");
                }
            }
            return (System.nanoTime() - before) / SLICE;
        }
    }
}
