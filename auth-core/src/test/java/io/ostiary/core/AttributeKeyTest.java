package io.ostiary.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ostiary.testkit.FakeRequest;
import org.junit.jupiter.api.Test;

final class AttributeKeyTest {
    private final AttributeKey<String> key = AttributeKey.of("memo", String.class);

    @Test
    void twoKeysOfOneNameAreTwoKeys() {
        AttributeKey<String> twin = AttributeKey.of("memo", String.class);
        assertNotEquals(key, twin);
        assertNotEquals(key.toString(), twin.toString());
        assertTrue(key.toString().startsWith("memo@"), key.toString());

        FakeRequest request = FakeRequest.get("/");
        request.attribute(key, "mine");
        assertNull(request.attribute(twin));
        assertEquals("mine", request.attribute(key));
        request.attribute(key, null);
        assertNull(request.attribute(key));
    }

    @Test
    void refusesWhatSomebodyElseStoredUnderItsName() {
        assertEquals("text", key.cast("text"));
        assertThrows(ClassCastException.class, () -> key.cast(42));
    }
}
