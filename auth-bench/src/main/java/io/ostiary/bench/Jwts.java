package io.ostiary.bench;

import io.ostiary.core.Identity;
import io.ostiary.core.Secret;
import io.ostiary.core.cache.MemoryDenyList;
import io.ostiary.core.cache.MemoryEpochs;
import io.ostiary.core.cache.MemoryOnceStore;
import io.ostiary.core.config.Settings;
import io.ostiary.core.crypto.MasterKey;
import io.ostiary.core.crypto.Tokens;
import io.ostiary.core.spi.Feature;
import io.ostiary.core.token.TokenService;
import io.ostiary.core.token.TokenSettings;
import io.ostiary.testkit.FakeRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * Access tokens under one key of our own: the first is issued by the kit, the others are that one with another id, signed by
 * the JDK. Peers get the same claims, with a type and a subject that they accept. Immutable.
 */
final class Jwts {
    static final String SECRET = "0123456789abcdef0123456789abcdef0123456789abcdef";
    static final String BASE = "http://localhost:8080";
    private static final String ID = "\"jti\":\"";
    private static final int SEVEN_ZEROES = 10_000_000;
    private final String algorithm;
    private final KeyPair pair;
    private final String header;
    private final String claims;

    Jwts(String algorithm) throws GeneralSecurityException {
        this.algorithm = algorithm;
        this.pair = pair(algorithm);
        Identity identity = Identity.of("session", "https://op.example", "ada", Instant.now())
                .plusRoles(Set.of("user"));
        String issued = service()
                .issue(FakeRequest.get("/"), identity, "session", Set.of())
                .access();
        String[] parts = issued.split("\\.");
        this.header = text(parts[0]);
        this.claims = text(parts[1]);
    }

    private static KeyPair pair(String algorithm) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm.equals("rs256") ? "RSA" : "EC");
        if (algorithm.equals("rs256")) {
            generator.initialize(2048);
        } else {
            generator.initialize(new ECGenParameterSpec("secp256r1"));
        }
        return generator.generateKeyPair();
    }

    /** What an application needs to believe them. */
    Map<String, String> settings() {
        String key = algorithm.equals("hs256") ? SECRET : pem(pair.getPrivate());
        return Map.of("token.enabled", "true", "token.algorithm", algorithm, "token.key.1.pem", key);
    }

    private static String pem(PrivateKey key) {
        String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded());
        return "-----BEGIN PRIVATE KEY-----\n" + lines + "\n-----END PRIVATE KEY-----\n";
    }

    /** The kit's own service, without a container around it. */
    TokenService service() {
        InstantSource clock = InstantSource.system();
        Feature.Context context = new Feature.Context(
                new MasterKey(Secret.of(SECRET)),
                new Tokens(),
                clock,
                new MemoryOnceStore(10, clock),
                (key, rates) -> Duration.ZERO,
                true);
        Settings all = Settings.builder().map("bench", "setting", settings()).build();
        return TokenService.inMemory(
                TokenSettings.from(all, context.key(), BASE, false),
                new TokenService.Revocation(new MemoryDenyList(10, clock), new MemoryEpochs(10, clock)),
                new TokenService.Where("/auth/token", "ostiary"),
                context,
                event -> {});
    }

    PublicKey publicKey() {
        return pair.getPublic();
    }

    static SecretKey secretKey() {
        return new SecretKeySpec(SECRET.getBytes(StandardCharsets.US_ASCII), "HmacSHA256");
    }

    /** As many different ones as asked for, as headers. */
    List<byte[]> ours(int many) {
        return ours(0, many);
    }

    /** Others than those with another first number. */
    List<byte[]> ours(int first, int many) {
        return lines(first, many, header, claims);
    }

    /** The same for the other libraries. */
    List<byte[]> peers(int many) {
        return lines(
                0, many, header.replace("at+jwt", "JWT"), claims.replaceFirst("\"sub\":\"[^\"]*\"", "\"sub\":\"ada\""));
    }

    private List<byte[]> lines(int first, int many, String head, String body) {
        return IntStream.range(first, first + many)
                .parallel()
                .mapToObj(i -> ("Bearer " + signed(head, another(body, i))).getBytes(StandardCharsets.ISO_8859_1))
                .toList();
    }

    /** The id keeps its length. */
    private static String another(String claims, int number) {
        int id = claims.indexOf(ID) + ID.length();
        String digits = Integer.toString(SEVEN_ZEROES + number);
        return claims.substring(0, id) + digits + claims.substring(id + digits.length());
    }

    private String signed(String head, String body) {
        String input =
                encoded(head.getBytes(StandardCharsets.UTF_8)) + '.' + encoded(body.getBytes(StandardCharsets.UTF_8));
        try {
            return input + '.' + encoded(sign(input.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private byte[] sign(byte[] input) throws GeneralSecurityException {
        if (algorithm.equals("hs256")) {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(secretKey());
            return mac.doFinal(input);
        }
        Signature signer = signature();
        signer.initSign(pair.getPrivate());
        signer.update(input);
        return signer.sign();
    }

    /** What the JDK alone does about a token: what every library must do, and nothing else. */
    boolean holds(byte[] input, byte[] signed) throws GeneralSecurityException {
        if (algorithm.equals("hs256")) {
            return MessageDigest.isEqual(sign(input), signed);
        }
        Signature verifier = signature();
        verifier.initVerify(pair.getPublic());
        verifier.update(input);
        return verifier.verify(signed);
    }

    private Signature signature() throws GeneralSecurityException {
        return Signature.getInstance(algorithm.equals("rs256") ? "SHA256withRSA" : "SHA256withECDSAinP1363Format");
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String text(String base64) {
        return new String(Base64.getUrlDecoder().decode(base64), StandardCharsets.UTF_8);
    }
}
