package io.ostiary.core.jose;

import io.ostiary.core.crypto.Tokens;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/** Signs and checks with one key, on the platform's own providers. Thread-safe. */
sealed interface OwnSignature {
    byte[] sign(byte[] input);

    boolean verifies(byte[] input, byte[] signature);

    /** Hides the keys. */
    record Asymmetric(String algorithm, PrivateKey secret, PublicKey open) implements OwnSignature {
        private static final BigInteger ORDER = P256.parameters().getOrder();
        private static final byte[] SHA256_INFO = HexFormat.of().parseHex("3031300d060960864801650304020105000420");

        @Override
        public byte[] sign(byte[] input) {
            try {
                Signature signature = Signature.getInstance(algorithm);
                signature.initSign(secret);
                signature.update(input);
                return signature.sign();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("a key that was accepted does not sign", e);
            }
        }

        @Override
        public boolean verifies(byte[] input, byte[] signed) {
            if (algorithm.endsWith("P1363Format") && !inRange(signed)) {
                return false;
            }
            try {
                Signature signature = Signature.getInstance(algorithm);
                signature.initVerify(open);
                signature.update(input);
                return signature.verify(signed)
                        && (!(open instanceof RSAPublicKey rsa) || isCanonical(rsa, input, signed));
            } catch (GeneralSecurityException malformed) {
                return false;
            }
        }

        /** Platforms before 17.0.3 took a signature of zeroes for any key's (CVE-2022-21449). */
        private static boolean inRange(byte[] signature) {
            if (signature.length != 64) {
                return false;
            }
            BigInteger r = new BigInteger(1, Arrays.copyOf(signature, 32));
            BigInteger s = new BigInteger(1, Arrays.copyOfRange(signature, 32, 64));
            return r.signum() > 0 && s.signum() > 0 && r.compareTo(ORDER) < 0 && s.compareTo(ORDER) < 0;
        }

        /** The platform also takes a block without the NULL of RFC 8017 section 9.2; there is to be one block only. */
        private static boolean isCanonical(RSAPublicKey key, byte[] input, byte[] signature) {
            int length = (key.getModulus().bitLength() + 7) / 8;
            byte[] block = new byte[length];
            Arrays.fill(block, 1, length, (byte) 0xff);
            block[1] = 1;
            byte[] hash = Tokens.sha256(input);
            int info = length - hash.length - SHA256_INFO.length;
            block[info - 1] = 0;
            System.arraycopy(SHA256_INFO, 0, block, info, SHA256_INFO.length);
            System.arraycopy(hash, 0, block, length - hash.length, hash.length);
            BigInteger opened = new BigInteger(1, signature).modPow(key.getPublicExponent(), key.getModulus());
            return signature.length == length && opened.equals(new BigInteger(1, block));
        }

        @Override
        public String toString() {
            return "Asymmetric[hidden]";
        }
    }

    /** Hides the key. */
    record Hmac(SecretKey key) implements OwnSignature {
        @Override
        public byte[] sign(byte[] input) {
            try {
                Mac mac = Mac.getInstance("HmacSHA256");
                mac.init(key);
                return mac.doFinal(input);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every Java platform has HmacSHA256", e);
            }
        }

        @Override
        public boolean verifies(byte[] input, byte[] signature) {
            return MessageDigest.isEqual(sign(input), signature);
        }

        @Override
        public String toString() {
            return "Hmac[hidden]";
        }
    }
}
