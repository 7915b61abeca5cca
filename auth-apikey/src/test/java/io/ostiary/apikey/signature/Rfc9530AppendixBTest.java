package io.ostiary.apikey.signature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/**
 * The digests that RFC 9530 shows, each over the octets that are digested there; to this code it is the same whether the
 * example calls them content or representation.
 */
final class Rfc9530AppendixBTest {
    private static final String ITEM = "{\"hello\": \"world\"}\n";
    private static final String ITEM_256 = "sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:";
    private static final String TITLE = "{\"title\": \"New Title\"}\n";
    private static final String TITLE_256 = "sha-256=:mEkdbO7Srd9LIOegftO0aBX+VPTVz7/CSHes2Z27gc4=:";
    private static final String BOOK = "{\n  \"id\": \"123\",\n  \"title\": \"New Title\"\n}\n";
    private static final String BOOK_256 = "sha-256=:uVSlinTTdQUwm2On4k8TJUikGN1bf/Ds8WPX4oe0h9I=:";
    private static final String NOTHING_256 = "sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:";
    /** In Brotli, as erratum 8890 corrects it. */
    private static final byte[] PACKED = HexFormat.of().parseHex("0b09807b2268656c6c6f223a2022776f726c64227d0a03");

    private static final String PACKED_256 = "sha-256=:d435Qo+nKZ+gLcUHn7GQtQ72hiBVAgqoLsZnZPiTGPk=:";

    private static void assertDigest(String field, String content) {
        assertDigest(field, content.getBytes(StandardCharsets.US_ASCII));
    }

    private static void assertDigest(String field, byte[] content) {
        assertEquals(field, ContentDigest.of(content));
        assertTrue(ContentDigest.matches(field, content));
        byte[] other = content.length == 0 ? new byte[1] : content.clone();
        other[other.length - 1] ^= 1;
        assertFalse(ContentDigest.matches(field, other));
    }

    @Test
    void section2Sha512AndBothTogether() {
        String field =
                "sha-512=:YMAam51Jz/jOATT6/zvHrLVgOYTGFy1d6GJiOHTohq4yP+pgk4vf2aCsyRZOtw8MjkM7iw7yZ/WkppmM44T3qg==:";
        byte[] content = ITEM.getBytes(StandardCharsets.US_ASCII);
        assertTrue(ContentDigest.matches(field, content));
        assertTrue(ContentDigest.matches(ITEM_256 + ",\t" + field, content));
        assertFalse(ContentDigest.matches(TITLE_256 + ", " + field, content));
    }

    @Test
    void appendixB1FullRepresentation() {
        assertDigest(ITEM_256, ITEM);
    }

    @Test
    void appendixB2NoContent() {
        assertDigest(NOTHING_256, "");
    }

    @Test
    void appendixB3PartialContent() {
        assertDigest("sha-256=:jjcgBDWNAtbYUXI37CVG3gRuGOAjaaDRGpIUFsdyepQ=:", "\"world\"}\n");
    }

    @Test
    void appendixB4ContentInACoding() {
        assertDigest(PACKED_256, PACKED);
    }

    /** These three print one padding character too many, which makes another text for the same octets. */
    @Test
    void appendixB5B6B11APaddingTooManyIsRefused() {
        assertFalse(ContentDigest.matches(
                "sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg==:", ITEM.getBytes(StandardCharsets.US_ASCII)));
        assertDigest(ITEM_256, "{\"hello\"" + ": \"world" + "\"}\n");
    }

    @Test
    void appendixB6TwoDigestsOfContentInACoding() {
        assertTrue(ContentDigest.matches(
                PACKED_256 + ", sha-512=:db7fdBbgZMgX1Wb2MjA8zZj+rSNgfmDCEEXM8qLWfpfoNY0sCpHAzZbj09X1/7HAb7Od5Qfto4QpuB"
                        + "sFbUO3dQ==:",
                PACKED));
    }

    @Test
    void appendixB7B8B9RequestThatCreatesOrPatches() {
        assertDigest(TITLE_256, TITLE);
    }

    @Test
    void appendixB7B9AnswerWithTheResource() {
        assertDigest(BOOK_256, BOOK);
    }

    @Test
    void appendixB8AnswerWithAStatus() {
        assertDigest(
                "sha-256=:yXIGDTN5VrfoyisKlXgRKUHHMs35SNtyC3szSz1dbO8=:",
                "{\n  \"status\": \"created\",\n  \"id\": \"123\",\n  \"ts\": 1569327729,\n  \"instance\":"
                        + " \"/books/123\"\n}\n");
    }

    @Test
    void appendixB10AnswerWithAnError() {
        assertDigest(
                "sha-256=:EXB0S2VF2H7ijkAVJkH1Sm0pBho0iDZcvVUHHXTTZSA=:",
                "{\n  \"title\": \"Not Found\",\n  \"detail\": \"Cannot PATCH a non-existent resource\",\n  \"status\":"
                        + " 404\n}\n");
    }
}
