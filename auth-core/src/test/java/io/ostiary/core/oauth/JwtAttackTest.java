package io.ostiary.core.oauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ostiary.testkit.FakeOpenIdProviderToken;
import io.ostiary.testkit.FakeRequest;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every row of the JWT attacks against the check of ID tokens and of logout tokens. */
final class JwtAttackTest {
    private static final Fixture FIXTURE = new Fixture("id-token-algorithms", "RS256, ES256");

    @BeforeEach
    void straighten() {
        FIXTURE.op.grants().keys(Fixture.KEY, Fixture.EC_KEY);
        FIXTURE.op.grants().idToken(token -> {});
        FIXTURE.jar.clear();
    }

    @AfterAll
    static void stop() {
        FIXTURE.close();
    }

    @TestFactory
    Stream<DynamicTest> refusesAsIdToken() {
        return JwtAttacks.refused(FIXTURE)
                .map(attack -> DynamicTest.dynamicTest(attack.name(), () -> assertFalse(idToken(attack))));
    }

    @TestFactory
    Stream<DynamicTest> refusesAsLogoutToken() {
        return JwtAttacks.refused(FIXTURE)
                .map(attack -> DynamicTest.dynamicTest(attack.name(), () -> assertFalse(logoutToken(attack))));
    }

    @TestFactory
    Stream<DynamicTest> acceptsTheControlsAsIdToken() {
        return JwtAttacks.accepted(FIXTURE)
                .map(attack -> DynamicTest.dynamicTest(attack.name(), () -> assertTrue(idToken(attack))));
    }

    @TestFactory
    Stream<DynamicTest> acceptsTheControlsAsLogoutToken() {
        return JwtAttacks.accepted(FIXTURE)
                .map(attack -> DynamicTest.dynamicTest(attack.name(), () -> assertTrue(logoutToken(attack))));
    }

    @Test
    void j74ChecksTheWholeTokenEveryTime() {
        JwtAttacks.Attack control = new JwtAttacks.Attack("control", FakeOpenIdProviderToken::build);
        assertTrue(idToken(control));
        String[] first = new String[1];
        FIXTURE.op.grants().idToken(token -> first[0] = token.build());
        FIXTURE.logIn();
        String[] parts = first[0].split("\\.", -1);
        String otherHeader = FakeOpenIdProviderToken.encode("{\"kid\":\"r1\",\"alg\":\"RS256\"}");
        JwtAttacks.Attack mixed = new JwtAttacks.Attack("mixed", t -> otherHeader + "." + parts[1] + "." + parts[2]);
        assertFalse(idToken(mixed));
    }

    @Test
    void makesNoRequestToAddressesInAHeader() {
        String trap = FIXTURE.op.issuer() + "/trap";
        for (String name : List.of("jku", "x5u")) {
            assertFalse(idToken(new JwtAttacks.Attack(
                    name,
                    token -> token.header(name, trap).signedBy(Fixture.STRANGER).build())));
        }
        assertEquals(List.of(), FIXTURE.op.requests("/trap"));
    }

    private static boolean idToken(JwtAttacks.Attack attack) {
        FIXTURE.jar.clear();
        FIXTURE.op.grants().idToken(token -> token.raw(attack.make().apply(token)));
        return FIXTURE.logIn() instanceof CallbackResult.Proven;
    }

    private static boolean logoutToken(JwtAttacks.Attack attack) {
        String token = attack.make().apply(FIXTURE.op.grants().logoutToken(Fixture.CLIENT));
        FakeRequest request = FakeRequest.post("/x").form("logout_token=" + io.ostiary.core.UrlEncoded.encode(token));
        return FIXTURE.login.logout().backChannel(request, "op", target -> 0) instanceof LogoutNotice.Ended;
    }
}
