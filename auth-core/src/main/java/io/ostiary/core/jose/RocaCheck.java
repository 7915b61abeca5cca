package io.ostiary.core.jose;

import java.math.BigInteger;

/**
 * Recognises RSA moduli of the broken generator of CVE-2017-15361: modulo each small prime they are a power of 65537, which
 * a sound modulus almost never is for all of them at once.
 */
final class RocaCheck {
    private static final int[] PRIMES = {
        3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97, 101, 103, 107, 109,
        113, 127, 131, 137, 139, 149, 151, 157, 163, 167
    };
    private static final int GENERATOR = 65537;

    private RocaCheck() {}

    static boolean suspects(BigInteger modulus) {
        for (int prime : PRIMES) {
            if (!isPower(modulus.mod(BigInteger.valueOf(prime)).intValue(), prime)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPower(int residue, int prime) {
        int power = 1;
        do {
            if (power == residue) {
                return true;
            }
            power = power * (GENERATOR % prime) % prime;
        } while (power != 1);
        return false;
    }
}
