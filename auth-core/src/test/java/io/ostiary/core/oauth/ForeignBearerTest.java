package io.ostiary.core.oauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ostiary.core.AuthOutcome;
import io.ostiary.core.AuthRequest;
import io.ostiary.core.FailureReason;
import io.ostiary.core.Identity;
import io.ostiary.core.cache.MemoryEpochs;
import io.ostiary.core.config.ConfigurationException;
import io.ostiary.core.config.Settings;
import io.ostiary.core.spi.Authenticator;
import io.ostiary.core.spi.SubjectKey;
import io.ostiary.testkit.FakeOpenIdProviderAnswer;
import io.ostiary.testkit.FakeOpenIdProviderRequest;
import io.ostiary.testkit.FakeOpenIdProviderToken;
import io.ostiary.testkit.FakeRequest;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Access tokens of other issuers: RFC 6750, RFC 9068, RFC 7662. */
final class ForeignBearerTest {
    private final Fixture fixture = new Fixture();
    private final MemoryEpochs epochs = new MemoryEpochs(10, fixture.clock);
    private final List<String> asked = new ArrayList<>();

    ForeignBearerTest() {
        fixture.op.grants().keys(Fixture.KEY, Fixture.EC_KEY);
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    private Map<String, String> values(String... more) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("bearer.from.op.issuer", fixture.op.issuer());
        values.put("bearer.from.op.audience", Fixture.CLIENT);
        values.put("bearer.from.op.roles-claim", "/realm/roles");
        for (int i = 0; i < more.length; i += 2) {
            values.put("bearer." + more[i], more[i + 1]);
        }
        return values;
    }

    private Authenticator authenticator(String... more) {
        return over(null, more);
    }

    private Authenticator over(@Nullable Authenticator own, String... more) {
        Settings settings = Settings.of(values(more));
        BearerIssuers issuers = BearerIssuers.from(settings, true, "https://app.example");
        settings.refuseUnknown();
        return Objects.requireNonNull(issuers).authenticator(own, fixture.context, epochs, "api");
    }

    private FakeOpenIdProviderToken token() {
        long now = fixture.clock.instant().getEpochSecond();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", fixture.op.issuer());
        claims.put("sub", "ada");
        claims.put("aud", Fixture.CLIENT);
        claims.put("iat", now);
        claims.put("exp", now + 300);
        claims.put("jti", "j1");
        claims.put("client_id", "some-client");
        claims.put("scope", "report.read");
        claims.put("realm", Map.of("roles", List.of("editor")));
        return new FakeOpenIdProviderToken(Fixture.KEY, claims).header("typ", "at+jwt");
    }

    private static FakeRequest bearer(String token) {
        return FakeRequest.get("/api").header("Authorization", "Bearer " + token);
    }

    private static Identity admitted(AuthOutcome outcome) {
        return assertInstanceOf(AuthOutcome.Authenticated.class, outcome).identity();
    }

    private static void refused(FailureReason reason, AuthOutcome outcome) {
        assertEquals(reason, assertInstanceOf(AuthOutcome.Failed.class, outcome).reason());
    }

    /** Remembers that it was asked. */
    private final class Own implements Authenticator {
        @Override
        public String scheme() {
            return "bearer";
        }

        @Override
        public String challenge() {
            return "Bearer";
        }

        @Override
        public AuthOutcome authenticate(AuthRequest request) {
            asked.addAll(request.headers("Authorization"));
            return AuthOutcome.absent();
        }
    }

    @Test
    void knowsTheCallerByATokenOfTheIssuer() {
        Identity ada = admitted(
                authenticator().authenticate(bearer(token().claim("name", "Ada").build())));
        assertEquals(fixture.op.issuer(), ada.issuer());
        assertEquals("ada", ada.subject());
        assertEquals("Ada", ada.name());
        assertEquals("bearer", ada.scheme());
        assertEquals(Set.of("editor"), ada.roles());
        assertEquals(Map.of("scope", "report.read"), ada.attributes());
    }

    @Test
    void takesRolesFromNowhereElse() {
        FakeOpenIdProviderToken token = token().claim("realm", null).claim("roles", List.of("admin"));
        assertEquals(
                Set.of(),
                admitted(authenticator().authenticate(bearer(token.build()))).roles());
    }

    @Test
    void asksForKeysOnceAndForATokenNotAgain() {
        Authenticator bearer = authenticator();
        String token = token().build();
        admitted(bearer.authenticate(bearer(token)));
        fixture.op.replace("/jwks", FakeOpenIdProviderAnswer.json(500, Map.of()));
        admitted(bearer.authenticate(bearer(token)));
        admitted(bearer.authenticate(bearer(token().claim("jti", "j2").build())));
        assertEquals(1, fixture.op.requests("/jwks").size());
    }

    @Test
    void findsKeysWhereSettingsSayTheyAre() {
        Authenticator bearer = authenticator("from.op.jwks-uri", fixture.op.issuer() + "/jwks");
        admitted(bearer.authenticate(bearer(token().build())));
        assertEquals(List.of(), fixture.op.requests("/.well-known/openid-configuration"));
    }

    @Test
    void rfc9068Section4RefusesOtherKindsOfTokens() {
        Authenticator bearer = authenticator();
        for (String type : new String[] {null, "JWT", "logout+jwt", "dpop+jwt"}) {
            refused(
                    FailureReason.BAD_SIGNATURE,
                    bearer.authenticate(bearer(token().header("typ", type).build())));
        }
        admitted(bearer.authenticate(
                bearer(token().header("typ", "application/AT+JWT").build())));
    }

    @Test
    void takesOtherKindsWhereSettingsSaySo() {
        Authenticator bearer = authenticator("from.op.type", "jwt");
        admitted(bearer.authenticate(bearer(token().header("typ", "JWT").build())));
        admitted(bearer.authenticate(bearer(token().header("typ", null).build())));
        admitted(bearer.authenticate(bearer(token().build())));
        refused(
                FailureReason.BAD_SIGNATURE,
                bearer.authenticate(bearer(token().header("typ", "logout+jwt").build())));
    }

    @Test
    void oneOfSeveralAudiencesIsEnough() {
        FakeOpenIdProviderToken token = token().claim("aud", List.of("other", Fixture.CLIENT));
        admitted(authenticator().authenticate(bearer(token.build())));
    }

    @Test
    void refusesATokenThatIsBoundToAKeyOfItsHolder() {
        FakeOpenIdProviderToken token = token().claim("cnf", Map.of("jkt", "x"));
        refused(FailureReason.BAD_SIGNATURE, authenticator().authenticate(bearer(token.build())));
    }

    @ParameterizedTest
    @CsvSource({"sub,''", "sub,'a\u0001'", "realm,x", "scope,7"})
    void refusesClaimsThatAreNone(String name, String value) {
        Object bent = switch (name) {
            case "scope" -> 7;
            case "realm" -> Map.of("roles", List.of(" "));
            default -> value;
        };
        FakeOpenIdProviderToken token = token().claim(name, bent);
        refused(FailureReason.BAD_SIGNATURE, authenticator().authenticate(bearer(token.build())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"iat", "exp", "sub", "aud"})
    void refusesATokenThatLacks(String name) {
        refused(
                FailureReason.BAD_SIGNATURE,
                authenticator().authenticate(bearer(token().claim(name, null).build())));
    }

    @Test
    void endsWithTheTokenEvenIfItIsRemembered() {
        Authenticator bearer = authenticator();
        String token = token().build();
        admitted(bearer.authenticate(bearer(token)));
        fixture.clock.advance(Duration.ofSeconds(361));
        refused(FailureReason.BAD_SIGNATURE, bearer.authenticate(bearer(token)));
    }

    @Test
    void logOutEverywhereEndsItAtOnce() {
        Authenticator bearer = authenticator();
        String token = token().build();
        Identity ada = admitted(bearer.authenticate(bearer(token)));
        epochs.raise(SubjectKey.of(ada), fixture.clock.instant());
        refused(FailureReason.REVOKED_CREDENTIAL, bearer.authenticate(bearer(token)));
    }

    @Test
    void leavesWhatIsNotOfAnIssuerToOurOwn() {
        Authenticator bearer = over(new Own());
        String foreign = token().claim("iss", "https://elsewhere.example").build();
        bearer.authenticate(bearer(foreign));
        bearer.authenticate(bearer("opaque"));
        assertEquals(List.of("Bearer " + foreign, "Bearer opaque"), asked);
        bearer.authenticate(FakeRequest.get("/api").header("Authorization", "Basic eDp5"));
        assertEquals(3, asked.size());
    }

    @Test
    void ourOwnNeverHearOfAForgery() {
        Authenticator bearer = over(new Own());
        refused(
                FailureReason.BAD_SIGNATURE,
                bearer.authenticate(bearer(token().signedBy(Fixture.STRANGER).build())));
        assertEquals(List.of(), asked);
    }

    @Test
    void withoutOurOwnNothingElseIsKnown() {
        Authenticator bearer = authenticator();
        refused(FailureReason.BAD_SIGNATURE, bearer.authenticate(bearer("opaque")));
        refused(
                FailureReason.BAD_SIGNATURE,
                bearer.authenticate(bearer(token().claim("iss", null).build())));
        assertSame(AuthOutcome.absent(), bearer.authenticate(FakeRequest.get("/")));
        assertSame(
                AuthOutcome.absent(), bearer.authenticate(FakeRequest.get("/").header("Authorization", "Bearerish x")));
        assertEquals("Bearer realm=\"api\"", bearer.challenge());
        assertEquals("bearer", bearer.scheme());
    }

    @Test
    void rfc6750RefusesTwoAndMalformed() {
        Authenticator bearer = authenticator();
        FakeRequest two = bearer(token().build()).header("Authorization", "Basic eDp5");
        refused(FailureReason.DUPLICATE_CREDENTIAL, bearer.authenticate(two));
        for (String bad : List.of("", "a b", "a,b", "x".repeat(70_000))) {
            refused(FailureReason.MALFORMED_CREDENTIAL, bearer.authenticate(bearer(bad)));
        }
        FakeRequest bare = FakeRequest.get("/").header("Authorization", "bearer");
        refused(FailureReason.MALFORMED_CREDENTIAL, bearer.authenticate(bare));
    }

    @Test
    void anIssuerThatCannotBeAskedIsAFault() {
        fixture.op.replace("/jwks", FakeOpenIdProviderAnswer.json(503, Map.of()));
        Authenticator bearer = authenticator();
        assertThrows(UncheckedIOException.class, () -> bearer.authenticate(bearer(token().build())));
    }

    @Test
    void metadataOfAnotherIssuerIsAFault() {
        fixture.op.discovery("issuer", "https://elsewhere.example");
        Authenticator bearer = authenticator();
        assertThrows(UncheckedIOException.class, () -> bearer.authenticate(bearer(token().build())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://elsewhere.example/jwks", "not an address", ""})
    void keysElsewhereThanByHttpsAreAFault(String address) {
        fixture.op.discovery("jwks_uri", address.isEmpty() ? null : address);
        Authenticator bearer = authenticator();
        assertThrows(UncheckedIOException.class, () -> bearer.authenticate(bearer(token().build())));
    }

    @Test
    void learnsANewKey() {
        Authenticator bearer = authenticator();
        fixture.op.grants().keys(Fixture.KEY);
        admitted(bearer.authenticate(bearer(token().build())));
        fixture.op.grants().keys(Fixture.KEY, Fixture.EC_KEY);
        FakeOpenIdProviderToken token =
                token().signedBy(Fixture.EC_KEY).algorithm("ES256").header("kid", "e1");
        admitted(bearer.authenticate(bearer(token.build())));
        assertEquals(2, fixture.op.requests("/jwks").size());
    }

    @TestFactory
    Stream<DynamicTest> refusesEveryForgedToken() {
        Authenticator bearer = authenticator("from.op.type", "jwt");
        // Access tokens may be for several (RFC 9068 section 3); ID tokens may not.
        return JwtAttacks.refused(fixture)
                .filter(attack -> !attack.name().equals("J57 aud [\"client-1\",\"other\"]"))
                .filter(attack -> !attack.name().equals("J60 typ \"at+jwt\""))
                .map(attack -> DynamicTest.dynamicTest(
                        attack.name(),
                        () -> assertInstanceOf(
                                AuthOutcome.Failed.class,
                                bearer.authenticate(bearer(attack.make().apply(token()))),
                                attack.name())));
    }

    @TestFactory
    Stream<DynamicTest> acceptsTheControls() {
        Authenticator bearer = authenticator("from.op.type", "jwt");
        return JwtAttacks.accepted(fixture)
                .map(attack -> DynamicTest.dynamicTest(
                        attack.name(),
                        () -> admitted(bearer.authenticate(bearer(attack.make().apply(token()))))));
    }

    private Authenticator introspecting(String... more) {
        List<String> all = new ArrayList<>(List.of(
                "from.op.introspection-endpoint", fixture.op.issuer() + "/introspect",
                "from.op.client-id", "the api",
                "from.op.client-secret", "s3cret&+"));
        all.addAll(List.of(more));
        return authenticator(all.toArray(String[]::new));
    }

    private void answers(Map<String, Object> answer) {
        fixture.op.replace("/introspect", FakeOpenIdProviderAnswer.json(200, answer));
    }

    private Map<String, Object> active() {
        long now = fixture.clock.instant().getEpochSecond();
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("active", true);
        answer.put("sub", "ada");
        answer.put("aud", List.of(Fixture.CLIENT));
        answer.put("token_type", "bearer");
        answer.put("iat", now - 10);
        answer.put("exp", now + 300);
        answer.put("realm", Map.of("roles", List.of("editor")));
        return answer;
    }

    @Test
    void rfc7662AsksAboutOtherTokens() {
        answers(active());
        Identity ada = admitted(introspecting().authenticate(bearer("opaque+1")));
        assertEquals("ada", ada.subject());
        assertEquals(fixture.op.issuer(), ada.issuer());
        assertEquals(Set.of("editor"), ada.roles());
        FakeOpenIdProviderRequest request = fixture.op.requests("/introspect").get(0);
        assertEquals("opaque+1", request.form("token"));
        String basic = Base64.getEncoder().encodeToString("the+api:s3cret%26%2B".getBytes(StandardCharsets.UTF_8));
        String other = Base64.getEncoder().encodeToString("the%20api:s3cret%26%2B".getBytes(StandardCharsets.UTF_8));
        String sent = String.valueOf(request.header("Authorization"));
        assertEquals("Basic " + (sent.endsWith(basic) ? basic : other), sent);
    }

    @Test
    void rfc7662BelievesAnAnswerForAWhile() {
        answers(active());
        Authenticator bearer = introspecting("from.op.introspection-cache", "20s");
        admitted(bearer.authenticate(bearer("opaque")));
        answers(Map.of("active", false));
        fixture.clock.advance(Duration.ofSeconds(19));
        admitted(bearer.authenticate(bearer("opaque")));
        fixture.clock.advance(Duration.ofSeconds(2));
        refused(FailureReason.BAD_SIGNATURE, bearer.authenticate(bearer("opaque")));
    }

    @Test
    void rfc7662AnAnswerWithoutTimesHoldsForAsLongAsItIsBelieved() {
        Map<String, Object> answer = active();
        answer.keySet().removeAll(List.of("iat", "exp", "token_type"));
        answers(answer);
        Authenticator bearer = introspecting();
        Identity ada = admitted(bearer.authenticate(bearer("opaque")));
        epochs.raise(SubjectKey.of(ada), fixture.clock.instant().minusSeconds(3600));
        refused(FailureReason.REVOKED_CREDENTIAL, bearer.authenticate(bearer("opaque")));
    }

    @ParameterizedTest
    @CsvSource({
        "active,false",
        "aud,other",
        "sub,''",
        "iss,https://elsewhere.example",
        "token_type,DPoP",
        "cnf,x",
        "exp,1",
        "nbf,99999999999"
    })
    void rfc7662Refuses(String name, String value) {
        Map<String, Object> answer = active();
        Object bent = switch (name) {
            case "active" -> false;
            case "exp", "nbf" -> Long.valueOf(value);
            default -> value;
        };
        answer.put(name, bent);
        answers(answer);
        refused(FailureReason.BAD_SIGNATURE, introspecting().authenticate(bearer("opaque")));
    }

    @Test
    void rfc7662AnIssuerThatNamesItselfIsFine() {
        Map<String, Object> answer = active();
        answer.put("iss", fixture.op.issuer());
        answers(answer);
        admitted(introspecting().authenticate(bearer("opaque")));
    }

    @Test
    void rfc7662AnEndpointThatFailsIsAFault() {
        Authenticator bearer = introspecting();
        fixture.op.replace("/introspect", FakeOpenIdProviderAnswer.json(500, Map.of()));
        assertThrows(UncheckedIOException.class, () -> bearer.authenticate(bearer("opaque")));
        answers(Map.of("sub", "ada"));
        assertThrows(UncheckedIOException.class, () -> bearer.authenticate(bearer("opaque")));
        fixture.op.replace("/introspect", FakeOpenIdProviderAnswer.json(401, Map.of()));
        assertThrows(UncheckedIOException.class, () -> bearer.authenticate(bearer("opaque")));
    }

    @Test
    void rfc7662IsNotAskedAboutSignedTokens() {
        answers(active());
        refused(
                FailureReason.BAD_SIGNATURE,
                introspecting()
                        .authenticate(bearer(token().signedBy(Fixture.STRANGER).build())));
        assertEquals(List.of(), fixture.op.requests("/introspect"));
    }

    @Test
    void nothingConfiguredIsNothing() {
        assertNull(BearerIssuers.from(Settings.of(Map.of("x", "y")), true, null));
    }

    @Test
    void showsNoSecret() {
        Settings settings = Settings.of(values(
                "from.op.introspection-endpoint",
                fixture.op.issuer() + "/introspect",
                "from.op.client-id",
                "api",
                "from.op.client-secret",
                "canary-secret"));
        BearerIssuer issuer = BearerIssuer.from(settings.section("bearer"), "op", true);
        assertEquals("BearerIssuer[op, " + fixture.op.issuer() + "]", issuer.toString());
    }

    private void stops(String message, String... more) {
        ConfigurationException problem = assertThrows(
                ConfigurationException.class,
                () -> BearerIssuers.from(Settings.of(values(more)), true, "https://own.example"));
        assertEquals("settings: " + message, problem.getMessage());
    }

    @Test
    void mistakesStopTheStart() {
        stops(
                "'bearer.from.b.issuer' is required: the issuer, for example https://login.example/realms/main",
                "from.b.audience",
                "api");
        stops(
                "'bearer.from.b.audience' is required: the name of this API at the issuer, which its tokens carry in 'aud'",
                "from.b.issuer",
                "https://b.example");
        stops(
                "'bearer.from.B.issuer' has a name that is not allowed; allowed: a small letter, then up to 31 small letters,"
                        + " digits and dashes",
                "from.B.issuer",
                "https://b.example");
        stops(
                "'bearer.from.b.issuer' is an issuer that is there already; allowed: each issuer once, and not one's own",
                "from.b.issuer",
                "https://own.example",
                "from.b.audience",
                "api");
        stops(
                "'bearer.from.b.issuer' is not https; allowed: an https address, or http on localhost, 127.0.0.1 or [::1]"
                        + " while the development switch is on",
                "from.b.issuer",
                "http://b.example",
                "from.b.audience",
                "api");
        stops(
                "'bearer.from.op.client-id' is set, but 'introspection-endpoint' is not; set that or remove this",
                "from.op.client-id",
                "api");
        stops(
                "'bearer.from.op.client-secret' is required: the secret of this API at the introspection endpoint",
                "from.op.introspection-endpoint",
                "https://b.example/i",
                "from.op.client-id",
                "api");
        stops(
                "'bearer.from.b.introspection-endpoint' is the second one; allowed: one, because a token that says nothing"
                        + " does not say whom to ask",
                "from.op.introspection-endpoint",
                "https://op.example/i",
                "from.op.client-id",
                "api",
                "from.op.client-secret",
                "s",
                "from.b.issuer",
                "https://b.example",
                "from.b.audience",
                "api",
                "from.b.introspection-endpoint",
                "https://b.example/i",
                "from.b.client-id",
                "api",
                "from.b.client-secret",
                "s");
    }
}
