package io.ostiary.core.jose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class P256Test {
    private static final ECParameterSpec CURVE = P256.parameters();

    @RepeatedTest(20)
    void findsThePointThatThePlatformFinds() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair pair = generator.generateKeyPair();
        ECPoint point = P256.publicPoint(((ECPrivateKey) pair.getPrivate()).getS(), CURVE);
        assertEquals(((ECPublicKey) pair.getPublic()).getW(), point);
    }

    /** The smallest keys, and the largest, whose points are known: minus one and minus two times the generator. */
    @Test
    void findsThePointsAtBothEnds() {
        BigInteger p = ((ECFieldFp) CURVE.getCurve().getField()).getP();
        ECPoint one = CURVE.getGenerator();
        ECPoint two = P256.publicPoint(BigInteger.TWO, CURVE);
        assertEquals(one, P256.publicPoint(BigInteger.ONE, CURVE));
        BigInteger order = CURVE.getOrder();
        assertEquals(
                new ECPoint(one.getAffineX(), p.subtract(one.getAffineY())),
                P256.publicPoint(order.subtract(BigInteger.ONE), CURVE));
        assertEquals(
                new ECPoint(two.getAffineX(), p.subtract(two.getAffineY())),
                P256.publicPoint(order.subtract(BigInteger.TWO), CURVE));
    }

    /** FIPS 186-5 A.2.1: never zero, always below the order. */
    @ParameterizedTest
    @CsvSource({"00, 1", "01, 2", "ff, 256"})
    void makesAPrivateKeyOfUniformBytes(String lowestByte, int expected) {
        byte[] uniform = new byte[40];
        uniform[39] = (byte) Integer.parseInt(lowestByte, 16);
        assertEquals(BigInteger.valueOf(expected), P256.privateKey(uniform, CURVE));
    }

    @Test
    void everyUniformTextGivesAKeyBelowTheOrder() {
        byte[] largest = new byte[40];
        java.util.Arrays.fill(largest, (byte) 0xff);
        BigInteger key = P256.privateKey(largest, CURVE);
        assertTrue(key.signum() > 0 && key.compareTo(CURVE.getOrder()) < 0);
    }
}
