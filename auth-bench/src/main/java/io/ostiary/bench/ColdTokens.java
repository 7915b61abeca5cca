package io.ostiary.bench;

import com.sun.management.ThreadMXBean;
import io.ostiary.core.AuthOutcome;
import io.ostiary.core.spi.Authenticator;
import io.ostiary.testkit.FakeRequest;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/**
 * What the kit does for a token that it has never seen, beside the JDK's verification of the very same token with the very
 * same key: both in turn, one before the other and the other way round, so that what disturbs one disturbs both. Each token
 * is sent once, and the cache has long been full when the counting begins. The difference is what the kit adds: form,
 * JSON, claims, revocation, putting it into the cache.
 *
 * <p>HS256 comes first: its verification takes next to nothing, so it can be done often enough for the compiler to be done
 * with everything that all algorithms share.
 */
public final class ColdTokens {
    private final ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final Jwts jwts;
    private final Authenticator kit;
    private final long[] kits;
    private final long[] jdks;
    private int done;
    private long bytes;

    private ColdTokens(String algorithm, int many) throws GeneralSecurityException {
        this.jwts = new Jwts(algorithm);
        this.kit = jwts.service().authenticator();
        this.kits = new long[many];
        this.jdks = new long[many];
    }

    /**
     * Measures and prints.
     *
     * @param args {@code quick} for a run that shows only that everything runs
     */
    public static void main(String[] args) throws Exception {
        boolean quick = List.of(args).contains("quick");
        System.out.println("JDK " + System.getProperty("java.version") + (quick ? ", quick: means nothing" : ""));
        System.out.println(
                "| each token once | tokens | kit | JDK alone | kit above it, and 95 % of its median | bytes |");
        System.out.println("|---|---|---|---|---|---|");
        measure("hs256", quick ? 2_000 : 400_000, 1_000);
        measure("rs256", quick ? 20 : 4_000, 20);
        measure("es256", quick ? 20 : 4_000, 20);
    }

    private static void measure(String algorithm, int many, int slice) throws GeneralSecurityException {
        ColdTokens run = new ColdTokens(algorithm, many);
        for (int from = 0; from < many; from += slice) {
            if (from == many / 2) {
                run.bytes = 0; // the first half is for the compiler and to fill the cache
            }
            for (byte[] line : run.jwts.ours(from, slice)) {
                run.both(new String(line, StandardCharsets.ISO_8859_1));
            }
        }
        run.print(algorithm);
    }

    private void both(String line) throws GeneralSecurityException {
        FakeRequest request = FakeRequest.get("/api").header("Authorization", line);
        String token = line.substring("Bearer ".length());
        int end = token.lastIndexOf('.');
        byte[] input = token.substring(0, end).getBytes(StandardCharsets.US_ASCII);
        byte[] signature = Base64.getUrlDecoder().decode(token.substring(end + 1));
        if (done % 2 == 0) {
            jdks[done] = jdk(input, signature);
            kits[done] = kit(request);
        } else {
            kits[done] = kit(request);
            jdks[done] = jdk(input, signature);
        }
        done++;
    }

    private long jdk(byte[] input, byte[] signature) throws GeneralSecurityException {
        long before = System.nanoTime();
        boolean holds = jwts.holds(input, signature);
        long took = System.nanoTime() - before;
        if (!holds) {
            throw new IllegalStateException("not verified");
        }
        return took;
    }

    private long kit(FakeRequest request) {
        long allocated = memory.getCurrentThreadAllocatedBytes();
        long before = System.nanoTime();
        AuthOutcome outcome = kit.authenticate(request);
        long took = System.nanoTime() - before;
        bytes += memory.getCurrentThreadAllocatedBytes() - allocated;
        if (!(outcome instanceof AuthOutcome.Authenticated)) {
            throw new IllegalStateException("not accepted");
        }
        return took;
    }

    private void print(String algorithm) {
        long[] kitAlone = sortedLateHalf(kits);
        long[] jdkAlone = sortedLateHalf(jdks);
        long[] above = new long[done];
        for (int i = 0; i < done; i++) {
            above[i] = kits[i] - jdks[i];
        }
        above = sortedLateHalf(above);
        int middle = above.length / 2;
        int off = (int) Math.ceil(0.98 * Math.sqrt(above.length)); // ranks between which the true median lies
        System.out.printf(
                Locale.ROOT,
                "| %s | %,d | %.1f us | %.1f us | %.1f us (%.1f to %.1f) | %,d B |%n",
                algorithm,
                above.length,
                kitAlone[middle] / 1e3,
                jdkAlone[middle] / 1e3,
                above[middle] / 1e3,
                above[Math.max(0, middle - off)] / 1e3,
                above[Math.min(above.length - 1, middle + off)] / 1e3,
                bytes / above.length);
    }

    private static long[] sortedLateHalf(long[] all) {
        long[] late = Arrays.copyOfRange(all, all.length / 2, all.length);
        Arrays.sort(late);
        return late;
    }
}
