package io.ostiary.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.ostiary.core.config.Settings;
import io.ostiary.core.jose.SignedJwt;
import io.ostiary.core.jose.Token68;
import io.ostiary.core.json.Json;
import io.ostiary.core.json.JsonException;
import io.ostiary.core.json.JsonObject;
import io.ostiary.core.proxy.Network;
import io.ostiary.core.proxy.Proxies;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Any line of a header is read as its standard says or as nothing, and never a fault. */
final class HeaderFuzzTest {
    private static final Proxies FORWARDED = proxies("forwarded");
    private static final Proxies LEGACY = proxies("x-forwarded");

    @FuzzTest(maxDuration = "10m")
    void anyLineIsReadAsItsStandardSaysOrAsNothing(FuzzedDataProvider data) {
        int kind = data.consumeInt(0, 3);
        String line = data.consumeRemainingAsString();
        switch (kind) {
            case 0 -> hops(line);
            case 1 -> form(line);
            case 2 -> origin(line);
            default -> token(line);
        }
    }

    private static Proxies proxies(String family) {
        return Proxies.from(Settings.of(Map.of("trusted", "10.0.0.0/8", "header", family)));
    }

    /** Whoever is believed is an address, and only from a proxy that is trusted. */
    private static void hops(String line) {
        for (Proxies proxies : List.of(FORWARDED, LEGACY)) {
            Proxies.Client client = proxies.client("10.0.0.1", false, name -> List.of(line));
            assertNotNull(Network.literal(client.address()), line);
            assertEquals(
                    new Proxies.Client("192.0.2.1", false),
                    proxies.client("192.0.2.1", false, name -> List.of(line)),
                    line);
            String real = proxies.equals(FORWARDED) ? "for=198.51.100.7;proto=https" : "198.51.100.7";
            Proxies.Client last = proxies.client("10.0.0.1", false, name -> List.of(line, real));
            if (proxies.equals(FORWARDED)) {
                assertEquals(new Proxies.Client("198.51.100.7", true), last, line);
            } else {
                assertEquals("198.51.100.7", last.address(), line);
            }
        }
    }

    /** Where it is strict it is the JDK's reading, and one name gives the same as all names. */
    private static void form(String text) {
        Map<String, List<String>> all = UrlEncoded.all(text);
        all.remove(""); // an empty pair is one of no name, or none
        all.forEach((name, values) -> assertEquals(values, UrlEncoded.values(text, name), text));
        if (text.indexOf('%') < 0 && text.indexOf('&') < 0 && text.indexOf('=') < 0 && !text.isEmpty()) {
            boolean whole = StandardCharsets.UTF_8.newEncoder().canEncode(text);
            String name = URLDecoder.decode(text, StandardCharsets.UTF_8);
            assertEquals(whole ? List.of(name) : List.of(), List.copyOf(all.keySet()), text);
        }
        String decoded = UrlEncoded.decodedPath(text);
        if (decoded != null) {
            assertEquals(decoded, UrlEncoded.decodedPath(UrlEncoded.path(decoded)), text);
        }
    }

    private static void origin(String text) {
        if (Origins.isOrigin(text)) {
            java.net.URI uri = java.net.URI.create(text);
            assertEquals(text, uri.getScheme() + "://" + uri.getRawAuthority());
            assertEquals("", uri.getRawPath());
            assertNull(uri.getRawUserInfo());
        }
    }

    private static void token(String text) {
        if (Token68.is(text)) {
            assertTrue(text.matches("[A-Za-z0-9._~+/-]+=*"), text);
        }
        try {
            JsonObject object = Json.object(text, 4096);
            assertNotNull(object.names());
        } catch (JsonException notOurs) {
            assertNotNull(notOurs.getMessage());
        }
        SignedJwt jwt = SignedJwt.parse(text);
        assertTrue(jwt == null || text.chars().filter(c -> c == '.').count() == 2, text);
    }
}
