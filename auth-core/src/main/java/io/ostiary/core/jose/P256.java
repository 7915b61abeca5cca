package io.ostiary.core.jose;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;

/**
 * The public point of a private key on P-256, which the platform does not compute. Used at the start only, so that its
 * timing, which depends on the key, is seen by nobody.
 */
final class P256 {
    private static final BigInteger TWO = BigInteger.TWO;
    private static final BigInteger THREE = BigInteger.valueOf(3);

    private P256() {}

    static ECParameterSpec parameters() {
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
            parameters.init(new ECGenParameterSpec("secp256r1"));
            return parameters.getParameterSpec(ECParameterSpec.class);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform has no P-256", e);
        }
    }

    /** Reduces at least 40 uniform bytes to a private key without a bias that matters (FIPS 186-5 A.2.1). */
    static BigInteger privateKey(byte[] uniform, ECParameterSpec curve) {
        BigInteger range = curve.getOrder().subtract(BigInteger.ONE);
        return new BigInteger(1, uniform).mod(range).add(BigInteger.ONE);
    }

    static ECPoint publicPoint(BigInteger key, ECParameterSpec curve) {
        ECPoint sum = ECPoint.POINT_INFINITY;
        for (int bit = key.bitLength() - 1; bit >= 0; bit--) {
            sum = add(sum, sum, curve);
            if (key.testBit(bit)) {
                sum = add(sum, curve.getGenerator(), curve);
            }
        }
        return sum;
    }

    private static ECPoint add(ECPoint a, ECPoint b, ECParameterSpec curve) {
        if (a.equals(ECPoint.POINT_INFINITY)) {
            return b;
        }
        if (b.equals(ECPoint.POINT_INFINITY)) {
            return a;
        }
        BigInteger p = ((ECFieldFp) curve.getCurve().getField()).getP();
        BigInteger slope;
        if (!a.getAffineX().equals(b.getAffineX())) {
            BigInteger run = b.getAffineX().subtract(a.getAffineX());
            slope = b.getAffineY().subtract(a.getAffineY()).multiply(run.modInverse(p));
        } else if (a.getAffineY().equals(b.getAffineY())) {
            BigInteger rise =
                    THREE.multiply(a.getAffineX().pow(2)).add(curve.getCurve().getA());
            slope = rise.multiply(TWO.multiply(a.getAffineY()).modInverse(p));
        } else {
            return ECPoint.POINT_INFINITY;
        }
        BigInteger x =
                slope.pow(2).subtract(a.getAffineX()).subtract(b.getAffineX()).mod(p);
        return new ECPoint(
                x,
                slope.multiply(a.getAffineX().subtract(x))
                        .subtract(a.getAffineY())
                        .mod(p));
    }
}
