package io.ostiary.core;

import static io.ostiary.core.Fixtures.found;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ostiary.core.Fixtures.FakeAuthenticator;
import io.ostiary.core.Fixtures.FakeStore;
import io.ostiary.testkit.FakeRequest;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which credentials an engine looks at, in which order, and what it remembers. */
final class AuthEngineSchemesTest {
    private final FakeRequest request = FakeRequest.get("/");
    private final FakeAuthenticator signature = new FakeAuthenticator("signature", AuthOutcome.absent());
    private final FakeAuthenticator apikey = new FakeAuthenticator("apikey", found(Fixtures.PLAIN));
    private final FakeStore store = new FakeStore(found(Fixtures.ADMIN));

    private AuthEngine.Builder all() {
        return AuthEngine.builder()
                .authenticator(signature)
                .authenticator(apikey)
                .store(store);
    }

    @Test
    void theFirstCredentialFoundDecidesAndTheRestIsNotLookedAt() {
        FakeAuthenticator last = new FakeAuthenticator("bearer", found(Fixtures.ADMIN));
        AuthEngine engine = all().authenticator(last).build();
        assertEquals(found(Fixtures.PLAIN), engine.identify(request));
        assertEquals(List.of(1, 1, 0, 0), List.of(signature.calls, apikey.calls, last.calls, store.loads));
    }

    @Test
    void theSessionComesLast() {
        AuthEngine engine =
                AuthEngine.builder().authenticator(signature).store(store).build();
        assertEquals(found(Fixtures.ADMIN), engine.identify(request));
        assertEquals(List.of(1, 1), List.of(signature.calls, store.loads));
    }

    @ParameterizedTest
    @EnumSource(value = FailureReason.class, names = "RATE_LIMITED", mode = EnumSource.Mode.EXCLUDE)
    void aBadCredentialIsNeverMaskedByASession(FailureReason reason) {
        FakeAuthenticator bad = new FakeAuthenticator("bearer", AuthOutcome.failed(reason));
        AuthEngine engine = AuthEngine.builder().authenticator(bad).store(store).build();
        assertInstanceOf(AuthOutcome.Failed.class, engine.identify(request));
        assertInstanceOf(Decision.Challenged.class, engine.decide(request, Policies.permitAll()));
        assertEquals(0, store.loads);
    }

    @Test
    void oneThatCameTooOftenIsNotMaskedEither() {
        AuthOutcome failed = AuthOutcome.failed(FailureReason.RATE_LIMITED);
        FakeAuthenticator bad = new FakeAuthenticator("bearer", failed);
        AuthEngine engine = AuthEngine.builder().authenticator(bad).store(store).build();
        assertInstanceOf(Decision.Limited.class, engine.decide(request, Policies.permitAll()));
        assertEquals(0, store.loads);
    }

    @Test
    void withoutAStoreNobodyIsFoundInASession() {
        AuthEngine engine = AuthEngine.builder().authenticator(signature).build();
        assertSame(AuthOutcome.absent(), engine.identify(request));
        assertEquals(Set.of("signature"), engine.schemes());
    }

    @Test
    void looksOnceARequestAndAgainForTheNext() {
        AuthEngine engine = all().build();
        engine.identify(request);
        engine.identify(request);
        engine.decide(request, Policies.denyAll());
        assertEquals(1, apikey.calls);
        engine.identify(FakeRequest.get("/"));
        assertEquals(2, apikey.calls);
    }

    @Test
    void aCredentialThatMayBeUsedOnceIsNotReplayedByTheNextFilter() {
        Iterator<AuthOutcome> answers = List.of(
                        found(Fixtures.PLAIN), AuthOutcome.failed(FailureReason.REPLAYED_CREDENTIAL))
                .iterator();
        FakeAuthenticator nonce = new FakeAuthenticator("nonce", answers::next);
        AuthEngine engine =
                AuthEngine.builder().authenticator(nonce).store(store).build();
        for (Set<String> schemes : List.of(Set.of("nonce"), Set.of("nonce", "session"))) {
            Decision decision = engine.accepting(schemes).decide(request, Policies.authenticated());
            assertEquals(new Decision.Allow(Fixtures.PLAIN), decision);
        }
        assertEquals(found(Fixtures.PLAIN), engine.identify(request));
        assertEquals(1, nonce.calls);
    }

    @Test
    void whatOneFilterDidNotFindTheNextDoesNotLookForAgain() {
        AuthEngine engine = all().build();
        AuthEngine narrow = engine.accepting(Set.of("signature", "session"));
        assertEquals(found(Fixtures.ADMIN), narrow.identify(request));
        assertEquals(found(Fixtures.PLAIN), engine.identify(request));
        assertEquals(found(Fixtures.ADMIN), engine.accepting(Set.of("session")).identify(request));
        assertEquals(List.of(1, 1, 1), List.of(signature.calls, apikey.calls, store.loads));
    }

    @Test
    void aSessionAloneCostsOneReadOfAnAttribute() {
        AuthEngine people = all().build().accepting(Set.of("session"));
        AtomicInteger reads = new AtomicInteger();
        AuthRequest counting = (AuthRequest) Proxy.newProxyInstance(
                AuthRequest.class.getClassLoader(), new Class<?>[] {AuthRequest.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("attribute") && arguments.length == 1) {
                        reads.incrementAndGet();
                    }
                    return method.invoke(request, arguments);
                });
        people.decide(counting, Policies.authenticated());
        assertEquals(1, reads.get());
        people.decide(counting, Policies.authenticated());
        assertEquals(2, reads.get());
    }

    @Test
    void twoEnginesDoNotShareAMemo() {
        AuthEngine one = all().build();
        AuthEngine other = AuthEngine.builder()
                .authenticator(new FakeAuthenticator("apikey", AuthOutcome.absent()))
                .build();
        assertEquals(found(Fixtures.PLAIN), one.identify(request));
        assertEquals(AuthOutcome.absent(), other.identify(request));
        AuthEngine twin = all().build();
        twin.identify(request);
        assertEquals(2, apikey.calls);
    }

    @Test
    void remembersTheEnrichedIdentityAndEnrichesInOrder() {
        List<String> order = new ArrayList<>();
        AuthEngine engine = all().enricher(identity -> {
                    order.add("first");
                    return identity.plusRoles(Set.of("editor"));
                })
                .enricher(identity -> {
                    order.add("second");
                    return identity.plusPermissions(identity.roles());
                })
                .build();
        Identity enriched = Fixtures.PLAIN.plusRoles(Set.of("editor")).plusPermissions(Set.of("editor"));
        assertEquals(found(enriched), engine.identify(request));
        assertEquals(new Decision.Allow(enriched), engine.decide(request, Policies.anyRole(Set.of("editor"))));
        assertEquals(List.of("first", "second"), order);
    }

    @Test
    void enrichersSeeIdentitiesOnly() {
        AuthEngine engine = AuthEngine.builder()
                .authenticator(signature)
                .enricher(identity -> Fixtures.raise(new AssertionError("nobody to enrich")))
                .build();
        assertEquals(AuthOutcome.absent(), engine.identify(request));
    }

    @Test
    void acceptingHidesOtherSchemes() {
        AuthEngine people = all().build().accepting(Set.of("session"));
        assertEquals(Set.of("session"), people.schemes());
        assertEquals(found(Fixtures.ADMIN), people.identify(request));
        assertEquals(List.of(0, 0, 1), List.of(signature.calls, apikey.calls, store.loads));
    }

    @Test
    void acceptingHidesTheSession() {
        AuthEngine services = all().build().accepting(Set.of("signature"));
        assertEquals(AuthOutcome.absent(), services.identify(request));
        assertEquals(0, store.loads);
    }

    @Test
    void aHiddenBadCredentialDoesNoHarm() {
        FakeAuthenticator bad = new FakeAuthenticator("bearer", AuthOutcome.failed(FailureReason.BAD_SIGNATURE));
        AuthEngine engine = AuthEngine.builder().authenticator(bad).store(store).build();
        assertEquals(found(Fixtures.ADMIN), engine.accepting(Set.of("session")).identify(request));
        assertEquals(AuthOutcome.failed(FailureReason.BAD_SIGNATURE), engine.identify(request), "memos are apart");
    }

    @Test
    void challengesNameTheAcceptedSchemesOnly() {
        AuthEngine engine = AuthEngine.builder()
                .authenticator(new FakeAuthenticator("signature", AuthOutcome.absent()))
                .authenticator(new FakeAuthenticator("apikey", AuthOutcome.absent()))
                .store(new FakeStore(AuthOutcome.absent()))
                .realm("My shop_1.0")
                .build();
        String session = "Session realm=\"My shop_1.0\"";
        assertEquals(List.of("signature realm=\"test\"", "apikey realm=\"test\"", session), challenges(engine));
        assertEquals(List.of(session), challenges(engine.accepting(Set.of("session"))));
        assertEquals(List.of("apikey realm=\"test\""), challenges(engine.accepting(Set.of("apikey"))));
    }

    private static List<String> challenges(AuthEngine engine) {
        Decision decision = engine.decide(FakeRequest.get("/"), Policies.authenticated());
        return assertInstanceOf(Decision.Challenged.class, decision).challenge().wwwAuthenticate();
    }

    @Test
    void theSameSchemesAreTheSameEngine() {
        AuthEngine engine = all().build();
        assertSame(engine, engine.accepting(Set.of("session", "apikey", "signature")));
        AuthEngine narrow = engine.accepting(Set.of("apikey", "session"));
        assertNotSame(engine, narrow);
        assertSame(narrow, engine.accepting(Set.of("session", "apikey")));
        assertSame(engine.accepting(Set.of("apikey")), narrow.accepting(Set.of("apikey")));
    }

    @Test
    void cannotAcceptNothingNorTheUnknownNorMoreThanItHas() {
        AuthEngine engine = all().build();
        AuthEngine narrow = engine.accepting(Set.of("apikey"));
        assertEquals("schemes must be some of [apikey, session, signature]", refusal(() -> engine.accepting(Set.of())));
        assertEquals(
                "schemes must be some of [apikey, session, signature]",
                refusal(() -> engine.accepting(Set.of("apikey", "basic"))));
        assertEquals("schemes must be some of [apikey]", refusal(() -> narrow.accepting(Set.of("session"))));
    }

    private static String refusal(Runnable attempt) {
        return String.valueOf(
                assertThrows(IllegalArgumentException.class, attempt::run).getMessage());
    }
}
