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

    /** Double and add, from the highest bit down. */
    static ECPoint publicPoint(BigInteger key, ECParameterSpec curve) {
        BigInteger p = ((ECFieldFp) curve.getCurve().getField()).getP();
        ECPoint generator = curve.getGenerator();
        Projective sum = new Projective(generator.getAffineX(), generator.getAffineY(), BigInteger.ONE);
        for (int bit = key.bitLength() - 2; bit >= 0; bit--) {
            sum = sum.doubled(p);
            if (key.testBit(bit)) {
                sum = sum.plus(generator, p);
            }
        }
        return sum.affine(p);
    }

    /**
     * The point (x / z squared, y / z cubed): so only the last step divides, which is most of the work. The formulas are for
     * curves with a = -3 and leave out points that a private key below the order cannot meet on its way: infinity, and the
     * generator or its opposite as the sum so far.
     */
    private record Projective(BigInteger x, BigInteger y, BigInteger z) {
        Projective doubled(BigInteger p) {
            BigInteger delta = z.multiply(z).mod(p);
            BigInteger gamma = y.multiply(y).mod(p);
            BigInteger beta = x.multiply(gamma).mod(p);
            BigInteger alpha =
                    x.subtract(delta).multiply(x.add(delta)).multiply(THREE).mod(p);
            BigInteger newX = alpha.multiply(alpha).subtract(beta.shiftLeft(3)).mod(p);
            BigInteger newZ = y.multiply(z).shiftLeft(1).mod(p);
            BigInteger newY = alpha.multiply(beta.shiftLeft(2).subtract(newX))
                    .subtract(gamma.multiply(gamma).shiftLeft(3))
                    .mod(p);
            return new Projective(newX, newY, newZ);
        }

        Projective plus(ECPoint other, BigInteger p) {
            BigInteger square = z.multiply(z).mod(p);
            BigInteger run = other.getAffineX().multiply(square).subtract(x).mod(p);
            BigInteger rise = other.getAffineY()
                    .multiply(square)
                    .mod(p)
                    .multiply(z)
                    .subtract(y)
                    .mod(p);
            BigInteger run2 = run.multiply(run).mod(p);
            BigInteger run3 = run2.multiply(run).mod(p);
            BigInteger base = x.multiply(run2).mod(p);
            BigInteger newX = rise.multiply(rise)
                    .subtract(run3)
                    .subtract(base.shiftLeft(1))
                    .mod(p);
            BigInteger newY = rise.multiply(base.subtract(newX))
                    .subtract(y.multiply(run3))
                    .mod(p);
            return new Projective(newX, newY, z.multiply(run).mod(p));
        }

        ECPoint affine(BigInteger p) {
            BigInteger inverse = z.modInverse(p);
            BigInteger square = inverse.multiply(inverse).mod(p);
            return new ECPoint(
                    x.multiply(square).mod(p),
                    y.multiply(square).mod(p).multiply(inverse).mod(p));
        }
    }
}
