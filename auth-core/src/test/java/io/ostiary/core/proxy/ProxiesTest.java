package io.ostiary.core.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ostiary.core.config.ConfigurationException;
import io.ostiary.core.config.Settings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ProxiesTest {
    private static final String TRUSTED = "10.0.0.0/8, 2001:db8::/32";
    private final Proxies legacy = Proxies.from(Settings.of(Map.of("trusted", TRUSTED, "header", "x-forwarded")));
    private final Proxies rfc7239 = Proxies.from(Settings.of(Map.of("trusted", TRUSTED, "header", "forwarded")));

    @Test
    void believesNobodyByDefault() {
        Proxies none = Proxies.from(Settings.of(Map.of()));
        assertSame(Proxies.NONE, none);
        assertEquals(
                new Proxies.Client("10.0.0.1", false), none.client("10.0.0.1", false, name -> List.of("203.0.113.9")));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 63, 64, 65, 5_000})
    void whatACallerWritesNeverHidesWhatTheProxySays(int elements) {
        String made = "for=6.6.6.6,".repeat(elements - 1) + "for=6.6.6.6";
        List<String> lines = List.of(made, "for=203.0.113.9;proto=https");
        assertEquals(new Proxies.Client("203.0.113.9", true), rfc7239.client("10.0.0.1", false, name -> lines));
        assertEquals(
                new Proxies.Client("203.0.113.9", true),
                rfc7239.client("10.0.0.1", false, name -> List.of(String.join(",", lines))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "203.0.113.5 | 1.2.3.4           | https | 203.0.113.5 | false", // a stranger may say what he likes
                "10.0.0.1    | -                 | -     | 10.0.0.1    | false",
                "10.0.0.1    | 203.0.113.9       | https | 203.0.113.9 | true",
                "10.0.0.1    | 1.1.1.1, 203.0.113.9 | https | 203.0.113.9 | true", // the left one is made up
                "10.0.0.1    | 203.0.113.9, 10.0.0.2 | https | 203.0.113.9 | true",
                "10.0.0.1    | 203.0.113.9, 10.0.0.2 | https, http | 203.0.113.9 | true",
                "10.0.0.1    | 10.0.0.3, 10.0.0.2 | https | 10.0.0.3 | true",
                "10.0.0.1    | 203.0.113.9, nonsense | https | 10.0.0.1 | true",
                "10.0.0.1    | 203.0.113.9, nonsense, 10.0.0.2 | http | 10.0.0.2 | false",
                "10.0.0.1    | ''                | https | 10.0.0.1    | true",
                "10.0.0.1    | 203.0.113.9:4711  | https | 203.0.113.9 | true",
                "10.0.0.1    | 2001:db8:1::1, 2001:470::5 | ftp | 2001:470::5 | false",
                "::ffff:10.0.0.1 | 203.0.113.9   | https | 203.0.113.9 | true",
                "10.0.0.1    | 0177.0.0.1        | https | 10.0.0.1    | true",
                "10.0.0.1    | localhost         | https | 10.0.0.1    | true"
            })
    void xForwardedForIsReadFromTheRight(
            String peer, String forwardedFor, String proto, String address, boolean secure) {
        Proxies.Client client = legacy.client(peer, false, name -> switch (name) {
            case "X-Forwarded-For" -> forwardedFor == null ? List.of() : List.of(forwardedFor);
            case "X-Forwarded-Proto" -> proto == null ? List.of() : List.of(proto);
            default -> List.of("for=6.6.6.6;proto=https"); // the other family is the client's own invention
        });
        assertEquals(new Proxies.Client(address, secure), client);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "for=203.0.113.9;proto=https | 203.0.113.9 | true",
                "For=203.0.113.9; Proto=HTTPS;by=10.0.0.1 | 203.0.113.9 | true",
                "for=6.6.6.6, for=203.0.113.9;proto=http | 203.0.113.9 | false",
                "for=\"[2001:470::5]:4711\";proto=https | 2001:470::5 | true",
                "for=\"203.0.113.9:80\" | 203.0.113.9 | false",
                "for=203.0.113.9;proto=https, for=10.0.0.2;proto=http | 203.0.113.9 | true",
                "for=unknown;proto=https | 10.0.0.1 | true",
                "for=_hidden | 10.0.0.1 | false",
                "for=203.0.113.9;for=6.6.6.6 | 10.0.0.1 | false",
                "proto=https | 10.0.0.1 | false",
                "for=\"203.0.113.9 | 10.0.0.1 | false",
                "for=203.0.113.9;host=\"a,b;for=6.6.6.6\" | 203.0.113.9 | false",
                "nonsense | 10.0.0.1 | false"
            })
    void rfc7239section4IsReadFromTheRight(String line, String address, boolean secure) {
        assertEquals(
                new Proxies.Client(address, secure),
                rfc7239.client(
                        "10.0.0.1", false, name -> name.equals("Forwarded") ? List.of(line) : List.of("6.6.6.6")));
    }

    @Test
    void manyHopsAreNotReadWithoutEnd() {
        String line = "6.6.6.6,".repeat(5_000) + "203.0.113.9";
        assertEquals(
                "203.0.113.9",
                legacy.client("10.0.0.1", false, name -> name.endsWith("For") ? List.of(line) : List.of())
                        .address());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "proxy.example | forwarded | settings: 'trusted' has 'proxy.example'; allowed: addresses or CIDR"
                        + " ranges such as 10.0.0.0/8 or 2001:db8::/32, comma separated",
                "0.0.0.0/0 | forwarded | settings: 'trusted' has '0.0.0.0/0', which is everybody; allowed: the proxies'"
                        + " addresses",
                "10.0.0.1 | - | settings: 'header' is required: forwarded or x-forwarded, whichever the proxies write",
                "10.0.0.1 | both | settings: 'header' is 'both'; allowed: one of forwarded, x-forwarded",
                "- | forwarded | settings: 'header' is set, but 'trusted' is not; allowed: both or neither"
            })
    void refusesBadSettings(String trusted, String header, String message) {
        Map<String, String> values = new java.util.HashMap<>();
        if (trusted != null) {
            values.put("trusted", trusted);
        }
        if (header != null) {
            values.put("header", header);
        }
        assertEquals(
                message,
                assertThrows(ConfigurationException.class, () -> Proxies.from(Settings.of(values)))
                        .getMessage());
    }

    @Test
    void takesTheNameOfARequestFromTrustedProxiesOnly() {
        Proxies proxies = Proxies.from(Settings.of(Map.of("trusted", "10.0.0.1", "header", "forwarded")));
        assertEquals("a-1/b=", proxies.requestId("10.0.0.1", name -> List.of("a-1/b=")));
        assertNull(proxies.requestId("10.0.0.2", name -> List.of("a-1")));
        assertNull(proxies.requestId("10.0.0.1", name -> List.of("a", "b")));
        assertNull(proxies.requestId("10.0.0.1", name -> List.of()));
        for (String bad : List.of("", "a b", "a\nb", "\u00e4", "a".repeat(129), "{}", "a\"")) {
            assertNull(proxies.requestId("10.0.0.1", name -> List.of(bad)), bad);
        }
    }
}
