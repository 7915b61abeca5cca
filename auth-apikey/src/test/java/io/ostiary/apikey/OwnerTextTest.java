package io.ostiary.apikey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.ostiary.core.spi.SubjectKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class OwnerTextTest {
    @ParameterizedTest
    @CsvSource({
        "https://id.example, ada,        https://id.example|ada",
        "https://id.example, auth0|1,    https://id.example|auth0+7C1",
        "https://id.example/a+b, c d=,   https://id.example/a+2Bb|c+20d+3D",
        "https://id.example, Zoë,        https://id.example|Zo+C3+AB",
        "a|b, c,                         a+7Cb|c",
        "a, b|c,                         a|b+7Cc"
    })
    void eachPersonHasOneText(String issuer, String subject, String owner) {
        SubjectKey person = new SubjectKey(issuer, subject);
        assertEquals(owner, KeyOwners.ownerOf(person));
        assertEquals(person, KeyOwners.personOf(owner));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ada",
                "|ada",
                "iss|",
                "iss|a+62",
                "iss|a%62",
                "iss|a+4",
                "iss|a b",
                "iss|a|b",
                "iss|a+7c1",
                "iss|+20"
            })
    void whatIsNotWrittenSoIsNobody(String owner) {
        assertNull(KeyOwners.personOf(owner));
    }

    @Test
    void aTextThatIsTooLongIsNone() {
        assertNull(KeyOwners.ownerOf(new SubjectKey("https://id.example", "x".repeat(200))));
    }
}
