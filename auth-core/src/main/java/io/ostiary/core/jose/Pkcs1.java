package io.ostiary.core.jose;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Compares a signature with the one block that RSASSA-PKCS1-v1_5 allows for a message (RFC 8017 section 8.2.2, step 4). The
 * platform parses the block instead and lets some variants through.
 */
final class Pkcs1 {
    private static final String SHA256 = "3031300d060960864801650304020105000420";
    private static final String SHA384 = "3041300d060960864801650304020205000430";
    private static final String SHA512 = "3051300d060960864801650304020305000440";

    private Pkcs1() {}

    static boolean exact(RSAPublicKey key, JwsAlgorithm algorithm, byte[] input, byte[] signature) {
        int length = (key.getModulus().bitLength() + 7) / 8;
        BigInteger number = new BigInteger(1, signature);
        if (signature.length != length || number.compareTo(key.getModulus()) >= 0) {
            return false;
        }
        BigInteger block = number.modPow(key.getPublicExponent(), key.getModulus());
        return block.equals(new BigInteger(1, expected(algorithm, input, length)));
    }

    private static byte[] expected(JwsAlgorithm algorithm, byte[] input, int length) {
        byte[] prefix = prefix(algorithm);
        byte[] hash = hash(algorithm, input);
        byte[] block = new byte[length];
        int start = length - prefix.length - hash.length;
        Arrays.fill(block, 2, start - 1, (byte) 0xff);
        block[1] = 1;
        System.arraycopy(prefix, 0, block, start, prefix.length);
        System.arraycopy(hash, 0, block, start + prefix.length, hash.length);
        return block;
    }

    private static byte[] prefix(JwsAlgorithm algorithm) {
        return HexFormat.of()
                .parseHex(
                        switch (algorithm) {
                            case RS384 -> SHA384;
                            case RS512 -> SHA512;
                            default -> SHA256;
                        });
    }

    private static byte[] hash(JwsAlgorithm algorithm, byte[] input) {
        try {
            return MessageDigest.getInstance(algorithm.hash()).digest(input);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-2", e);
        }
    }
}
