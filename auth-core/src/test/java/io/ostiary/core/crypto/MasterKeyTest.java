package io.ostiary.core.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ostiary.core.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

final class MasterKeyTest {
    private static final String TEXT = "canary-4f1d-canary-4f1d-canary-4f1d";

    @Test
    void rfc5869AppendixA1BasicTestCase() {
        check(
                "0b".repeat(22),
                "000102030405060708090a0b0c",
                "f0f1f2f3f4f5f6f7f8f9",
                "077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5",
                "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865");
    }

    @Test
    void rfc5869AppendixA2LongerInputsAndOutputs() {
        check(
                range(0x00, 0x4f),
                range(0x60, 0xaf),
                range(0xb0, 0xff),
                "06a6b88c5853361a06104c9ceb35b45cef760014904671014a193f40c15fc244",
                "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c65e590e09"
                        + "da3275600c2f09b8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87");
    }

    @Test
    void rfc5869AppendixA3ZeroLengthSaltAndInfo() {
        check(
                "0b".repeat(22),
                "",
                "",
                "19ef24a32c717b167f33a91d6f648bdf96596776afdb6377ac434c1c293ccb04",
                "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8");
    }

    @Test
    void rfc5869Section23GivesAtMost255Blocks() {
        byte[] key = new byte[32];
        byte[] longest = MasterKey.expand(key, new byte[0], 255 * 32);
        assertFalse(Arrays.equals(Arrays.copyOf(longest, 32), Arrays.copyOfRange(longest, 254 * 32, 255 * 32)));
        assertThrows(IllegalArgumentException.class, () -> MasterKey.expand(key, new byte[0], 255 * 32 + 1));
    }

    @Test
    void everyPurposeHasAKeyOfItsOwn() {
        MasterKey key = new MasterKey(Secret.of(TEXT));
        Secret login = key.derive("login");
        assertEquals(32, login.size());
        assertEquals(login, new MasterKey(Secret.of(TEXT)).derive("login"));
        assertNotEquals(login, key.derive("session"));
        assertNotEquals(login, new MasterKey(Secret.of(TEXT + "x")).derive("login"));
    }

    @Test
    void derivesAsRfc5869WithItsOwnSalt() {
        byte[] pseudorandomKey = MasterKey.extract(
                "io.ostiary/1".getBytes(StandardCharsets.UTF_8), TEXT.getBytes(StandardCharsets.UTF_8));
        byte[] expected = MasterKey.expand(pseudorandomKey, "login".getBytes(StandardCharsets.UTF_8), 32);
        assertArrayEquals(
                expected, new MasterKey(Secret.of(TEXT)).derive("login").revealBytes());
    }

    @Test
    void needs32Bytes() {
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> new MasterKey(Secret.of("canary".repeat(5) + "1")));
        assertEquals("a master secret has at least 32 bytes", refusal.getMessage());
    }

    private static void check(String material, String salt, String info, String extracted, String expanded) {
        HexFormat hex = HexFormat.of();
        byte[] pseudorandomKey = MasterKey.extract(hex.parseHex(salt), hex.parseHex(material));
        assertEquals(extracted, hex.formatHex(pseudorandomKey));
        byte[] output = MasterKey.expand(pseudorandomKey, hex.parseHex(info), expanded.length() / 2);
        assertEquals(expanded, hex.formatHex(output));
    }

    private static String range(int first, int last) {
        byte[] bytes = new byte[last - first + 1];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (first + i);
        }
        return HexFormat.of().formatHex(bytes);
    }
}
