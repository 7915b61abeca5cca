package io.ostiary.rbac;

import static io.ostiary.rbac.RbacFixture.ISSUER;
import static io.ostiary.rbac.RbacFixture.assertRefused;
import static io.ostiary.rbac.RbacFixture.settings;
import static io.ostiary.rbac.RbacFixture.user;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ostiary.core.Identity;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class SeparationTest {
    private final Rbac fixed = Rbac.from(settings(
            "rbac.hierarchy", "boss > payer > clerk; approver > clerk",
            "rbac.separation.pay.roles", "payer, approver"));
    private final Rbac dynamic = Rbac.from(settings(
            "rbac.hierarchy", "boss > payer > clerk; approver > clerk",
            "rbac.separation.pay.roles", "payer, approver",
            "rbac.separation.pay.kind", "dynamic"));

    @Test
    void eitherRoleAloneCounts() {
        assertEquals(Set.of("payer", "clerk"), fixed.effective(Set.of("payer")));
        assertEquals(Set.of("approver", "clerk"), fixed.effective(Set.of("approver")));
        assertEquals(Set.of("boss", "payer", "clerk", "x"), dynamic.effective(Set.of("boss", "x")));
    }

    @Test
    void bothTogetherCountForNothing() {
        assertEquals(Set.of("x"), fixed.effective(Set.of("payer", "approver", "x")));
        assertEquals(Set.of("x"), dynamic.effective(Set.of("payer", "approver", "x")));
    }

    @Test
    void aRoleThatImpliesOneOfThemIsPartOfIt() {
        assertEquals(Set.of("clerk"), fixed.effective(Set.of("boss", "approver", "clerk")));
    }

    @Test
    void theEnricherTakesThemAway() {
        assertEquals(
                Set.of("x"),
                fixed.enricher().enrich(user("u", "payer", "approver", "x")).roles());
    }

    @Test
    void dynamicSeparationAsksForAChoice() {
        Identity both = user("u", "boss", "approver", "x");
        assertEquals(Set.of("x"), dynamic.enricher().enrich(both).roles());
        assertEquals(Set.of("x", "approver", "clerk"), chosen(both, "approver"));
        assertEquals(Set.of("x", "boss", "payer", "clerk"), chosen(both, "boss"));
        assertEquals(Set.of("x", "payer", "clerk"), chosen(both, "payer"));
    }

    @Test
    void aChoiceOfTooMuchOrOfNothingHeldLeavesNone() {
        Identity both = user("u", "payer", "approver", "x");
        assertEquals(Set.of("x"), chosen(both, "payer", "approver"));
        assertEquals(Set.of("x"), chosen(both, "admin"));
        assertEquals(Set.of("x"), chosen(both));
    }

    @Test
    void aChoiceAddsNoRoleAndDoesNothingWithoutAConflict() {
        assertEquals(Set.of("payer", "clerk"), chosen(user("u", "payer"), "approver"));
    }

    @Test
    void staticSeparationLeavesNoChoice() {
        Identity both = user("u", "payer", "approver");
        assertEquals(
                Set.of(),
                fixed.enricher().enrich(Rbac.choose(both, Set.of("payer"))).roles());
    }

    @Test
    void choiceIsOfRoleNames() {
        assertThrows(IllegalArgumentException.class, () -> Rbac.choose(user("u"), Set.of("a,b")));
    }

    @Test
    void anyNumberCanBeTheLimit() {
        Rbac two = Rbac.from(settings("rbac.separation.s.roles", "a, b, c", "rbac.separation.s.at-most", "2"));
        assertEquals(Set.of("a", "b"), two.effective(Set.of("a", "b")));
        assertEquals(Set.of(), two.effective(Set.of("a", "b", "c")));
    }

    @Test
    void severalLimitsAreAllHeld() {
        Rbac both = Rbac.from(settings(
                "rbac.separation.one.roles", "a, b",
                "rbac.separation.two.roles", "c, d",
                "rbac.separation.two.kind", "dynamic"));
        assertEquals(Set.of("e"), both.effective(Set.of("a", "b", "c", "d", "e")));
        assertEquals(Set.of("a", "c"), both.effective(Set.of("a", "c")));
        assertEquals(Set.of("a"), both.effective(Set.of("a", "c", "d")));
    }

    @Test
    void equalSetsShareOneResult() {
        assertSame(fixed.effective(Set.of("payer", "x")), fixed.effective(Set.of("x", "payer")));
    }

    @Test
    void tellsWhichLimitAGiftWouldExceed() {
        assertEquals("'pay' (at most 1 of approver, payer)", fixed.separationExceeded(Set.of("boss", "approver")));
        assertNull(fixed.separationExceeded(Set.of("boss")));
        assertNull(dynamic.separationExceeded(Set.of("payer", "approver")));
    }

    @Test
    void refusesToStartWhenARoleExceedsALimitByItself() {
        assertRefused(
                "settings: 'rbac.separation.pay.roles' can never be kept: the role 'boss' alone exceeds 'pay'"
                        + " (at most 1 of approver, payer) through 'rbac.hierarchy'",
                () -> Rbac.from(settings(
                        "rbac.hierarchy", "boss > payer; boss > approver",
                        "rbac.separation.pay.roles", "payer, approver",
                        "rbac.separation.pay.kind", "dynamic")));
    }

    @Test
    void refusesToStartWhenAUserOfTheSettingsExceedsALimit() {
        assertRefused(
                "settings: 'rbac.separation.pay.roles' is not kept by the settings themselves: subject 'ada' of issuer"
                        + " 'https://id.example' exceeds 'pay' (at most 1 of approver, payer)",
                () -> Rbac.from(settings(
                        "rbac.separation.pay.roles", "payer, approver",
                        "rbac.user.a.issuer", ISSUER,
                        "rbac.user.a.subject", "ada",
                        "rbac.user.a.roles", "payer, approver")));
    }

    @Test
    void refusesToStartWithALimitThatLimitsNothing() {
        assertRefused(
                "settings: 'rbac.separation.s.roles' limits nothing: it names 1 and allows 1; name more roles than"
                        + " 'rbac.separation.s.at-most' allows",
                () -> Rbac.from(settings("rbac.separation.s.roles", "a")));
        assertRefused(
                "settings: 'rbac.separation.s.kind' is 'soft'; allowed: one of static, dynamic",
                () -> Rbac.from(settings("rbac.separation.s.roles", "a, b", "rbac.separation.s.kind", "soft")));
        assertRefused(
                "settings: 'rbac.separation.s.at-most' is '0'; allowed: a whole number from 1 to 1000",
                () -> Rbac.from(settings("rbac.separation.s.roles", "a, b", "rbac.separation.s.at-most", "0")));
    }

    private Set<String> chosen(Identity identity, String... roles) {
        return dynamic.enricher().enrich(Rbac.choose(identity, Set.of(roles))).roles();
    }
}
