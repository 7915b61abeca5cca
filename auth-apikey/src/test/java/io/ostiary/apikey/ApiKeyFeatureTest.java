package io.ostiary.apikey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ostiary.core.AuthOutcome;
import io.ostiary.core.Secret;
import io.ostiary.core.config.Settings;
import io.ostiary.core.crypto.MasterKey;
import io.ostiary.core.spi.Feature;
import io.ostiary.testkit.FakeRequest;
import io.ostiary.testkit.MutableClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ApiKeyFeatureTest {
    private static final String ALLOWED =
            "the absolute path of a key file, or one that begins with /WEB-INF/ in an unpacked application";
    private final MutableClock clock = new MutableClock();
    private final Feature.Context context = new Feature.Context(
            new MasterKey(Secret.of("m".repeat(32))),
            Keys.TOKENS,
            clock,
            (purpose, value, until) -> true,
            (counted, rates) -> java.time.Duration.ZERO,
            false);

    @TempDir
    Path directory;

    private Feature.Contribution configure(Feature feature, String... pairs) {
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put(pairs[i], pairs[i + 1]);
        }
        Settings settings = Settings.of(map);
        Feature.Contribution contribution = feature.configure(settings, context);
        settings.refuseUnknown();
        return contribution;
    }

    private String refused(String... pairs) {
        return Keys.refusal(() -> configure(new ApiKeyFeature(), pairs));
    }

    @Test
    void addsNothingWithoutAFile() {
        assertEquals(Feature.Contribution.none(), configure(new ApiKeyFeature()));
    }

    @Test
    void authenticatesFromAFileByTheConfiguredHeader() {
        Path file = directory.resolve("keys.properties");
        ApiKeys.Issued issued =
                new ApiKeys(FileApiKeyStore.openOrCreate(file, clock), Keys.TOKENS, clock).create(Keys.draft());
        Feature.Contribution contribution = configure(
                new ApiKeyFeature(),
                "apikey.file",
                file.toString(),
                "apikey.header",
                "X-Shop-Key",
                "realm",
                "shop",
                "apikey.require",
                "key");
        assertEquals(
                "ApiKey realm=\"shop\"", contribution.authenticators().get(0).challenge());
        FakeRequest request =
                FakeRequest.get("/api").header("X-Shop-Key", issued.key().revealText());
        assertInstanceOf(
                AuthOutcome.Authenticated.class,
                contribution.authenticators().get(0).authenticate(request));
    }

    @Test
    void findsAPackedFileThatOthersMayRead() throws Exception {
        Path file = directory.resolve("keys.properties");
        new ApiKeys(FileApiKeyStore.openOrCreate(file, clock), Keys.TOKENS, clock).create(Keys.draft());
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        Feature feature = new ApiKeyFeature(path -> path.equals("/WEB-INF/keys.properties") ? file.toString() : null);
        assertEquals(
                2,
                configure(feature, "apikey.file", "/WEB-INF/keys.properties")
                        .authenticators()
                        .size());
        assertEquals(
                file + ": the key file is open to other users; run: chmod 600 " + file,
                refused("apikey.file", file.toString()));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-r--"));
        assertEquals(
                file + ": the key file is open to other users; run: chmod 600 " + file,
                Keys.refusal(() -> configure(feature, "apikey.file", "/WEB-INF/keys.properties")));
    }

    @Test
    void refusesAFileThatIsNotThere() {
        Path file = directory.resolve("none.properties");
        assertEquals(
                file + ": the key file does not exist or cannot be read as UTF-8 text (NoSuchFileException)",
                refused("apikey.file", file.toString()));
        assertEquals(
                "settings: 'apikey.file' is '/WEB-INF/keys.properties', which is not there; allowed: " + ALLOWED,
                refused("apikey.file", "/WEB-INF/keys.properties"));
    }

    @Test
    void refusesARelativePath() {
        assertEquals(
                "settings: 'apikey.file' is 'keys.properties'; allowed: " + ALLOWED,
                refused("apikey.file", "keys.properties"));
        assertEquals(
                "settings: 'apikey.file' is '/a\0b', which is no path; allowed: " + ALLOWED,
                refused("apikey.file", "/a\0b"));
    }

    @Test
    void refusesABrokenRecordWithFileAndLine() throws Exception {
        Path file = directory.resolve("keys.properties");
        Files.writeString(file, "\n\nkey.short.hash=x\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        String message = refused("apikey.file", file.toString());
        assertTrue(message.startsWith(file + ":3: 'key.short.hash' is of the key 'short'"), message);
    }

    @Test
    void refusesSettingsWithoutUse() {
        assertEquals(
                "settings: 'apikey.header' has no use without 'apikey.file': " + ALLOWED,
                refused("apikey.header", "X-Shop-Key"));
        assertEquals(
                "settings: 'apikey.require' has no use without 'apikey.file': " + ALLOWED,
                refused("apikey.require", "key"));
    }

    @Test
    void refusesAHeaderThatIsNone() {
        assertEquals(
                "settings: 'apikey.header' is 'X API'; allowed: header names of at most 64 characters, comma"
                        + " separated; not Authorization, Cookie or Host",
                refused("apikey.header", "X API"));
    }

    private List<String> schemes(String... pairs) {
        Path file = directory.resolve("keys.properties");
        FileApiKeyStore.openOrCreate(file, clock);
        List<String> all = new ArrayList<>(List.of("apikey.file", file.toString()));
        all.addAll(List.of(pairs));
        return configure(new ApiKeyFeature(), all.toArray(String[]::new)).authenticators().stream()
                .map(authenticator -> authenticator.scheme() + " by "
                        + authenticator.getClass().getSimpleName())
                .toList();
    }

    @Test
    void requiresEitherKeyOrSignatureOneOfThemOrBoth() {
        assertEquals(List.of("signature by SignatureAuthenticator", "apikey by ApiKeyAuthenticator"), schemes());
        assertEquals(List.of("apikey by ApiKeyAuthenticator"), schemes("apikey.require", "key"));
        assertEquals(List.of("apikey by SignatureAuthenticator"), schemes("apikey.require", "signature"));
        assertEquals(List.of("apikey by KeyAndSignature"), schemes("apikey.require", "both"));
        assertEquals(
                "settings: 'apikey.require' is 'any'; allowed: one of either, key, signature, both",
                refused("apikey.require", "any"));
    }

    @Test
    void refusesHeadersThatMeanSomethingElse() {
        assertEquals(
                "settings: 'apikey.header' is 'X-API-KEY,Cookie'; allowed: header names of at most 64 characters, comma"
                        + " separated; not Authorization, Cookie or Host",
                refused("apikey.header", "X-API-KEY, Cookie"));
    }

    @Test
    void refusesBrokenSignatureSettings() {
        assertEquals(
                "settings: 'apikey.signature.cover' is 'Date'; allowed: header names in lower case, comma separated",
                refused("apikey.signature.cover", "Date"));
        assertEquals(
                "settings: 'apikey.signature.max-body' is '1'; allowed: a size with its unit from 0B to 67108864B, for"
                        + " example 512B, 64KiB or 1MB",
                refused("apikey.signature.max-body", "1"));
        assertEquals(
                "settings: 'apikey.signature.tag' is 'a\"b'; allowed: 1 to 64 characters, no quotes",
                refused("apikey.signature.tag", "a\"b"));
    }

    @Test
    void refusesBrokenSelfServiceSettings() {
        Path file = directory.resolve("keys.properties");
        FileApiKeyStore.openOrCreate(file, clock);
        String on = "apikey.self-service";
        String where = "settings: 'apikey.self-service";
        String[][] table = {
            {on, "yes", where + "' is 'yes'; allowed: true or false"},
            {on + ".max-keys", "0", where + ".max-keys' is '0'; allowed: a whole number from 1 to 1000"},
            {
                on + ".max-lifetime",
                "12h",
                where
                        + ".max-lifetime' is '12h'; allowed: a duration with its unit from 1d to 3650d, for example"
                        + " 30s, 15m, 12h, 7d or PT30M"
            },
            {
                on + ".fresh-login",
                "5",
                where
                        + ".fresh-login' is '5'; allowed: a duration with its unit from 1m to 1d, for example 30s,"
                        + " 15m, 12h, 7d or PT30M"
            },
            {on + ".env", "Live", where + ".env' is 'Live'; allowed: 2 to 8 lower-case letters"},
            {
                "apikey.admin-roles",
                "a b",
                "settings: 'apikey.admin-roles' is 'a b'; allowed: comma-separated words of 1 to 64 letters, digits"
                        + " and ._:/*-"
            }
        };
        for (String[] row : table) {
            Map<String, String> all = new LinkedHashMap<>(Map.of("apikey.file", file.toString(), on, "true"));
            all.put(row[0], row[1]);
            String[] pairs = all.entrySet().stream()
                    .flatMap(entry -> java.util.stream.Stream.of(entry.getKey(), entry.getValue()))
                    .toArray(String[]::new);
            assertEquals(row[2], refused(pairs));
        }
    }

    @Test
    void refusesSelfServiceWithoutUseOrWithoutAFileToWriteTo() {
        Path file = directory.resolve("keys.properties");
        FileApiKeyStore.openOrCreate(file, clock);
        assertEquals(
                "settings: 'apikey.self-service' has no use without 'apikey.file': " + ALLOWED,
                refused("apikey.self-service", "true"));
        assertEquals(
                "settings: 'apikey.admin-roles' has no use without 'apikey.self-service'; allowed: with that set",
                refused("apikey.file", file.toString(), "apikey.admin-roles", "admin"));
        for (String require : List.of("signature", "both")) {
            assertEquals(
                    "settings: 'apikey.self-service' is true while 'apikey.require' asks for signatures, which keys"
                            + " made so cannot give; allowed: false, or either or key in 'apikey.require'",
                    refused("apikey.file", file.toString(), "apikey.self-service", "true", "apikey.require", require));
        }
        Feature packed = new ApiKeyFeature(path -> file.toString());
        assertEquals(
                "settings: 'apikey.self-service' is true while 'apikey.file' is '/WEB-INF/k.properties', which is never"
                        + " written to; allowed: false, or an absolute path in 'apikey.file'",
                Keys.refusal(() ->
                        configure(packed, "apikey.file", "/WEB-INF/k.properties", "apikey.self-service", "true")));
    }
}
