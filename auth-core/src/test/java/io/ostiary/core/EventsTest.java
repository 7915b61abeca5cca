package io.ostiary.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ostiary.core.spi.AuthEvent;
import io.ostiary.core.spi.AuthListener;
import io.ostiary.testkit.FakeRequest;
import io.ostiary.testkit.MutableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class EventsTest {
    private final List<String> order = new ArrayList<>();

    @Test
    void tellsEveryListenerTheSameEventInOrder() {
        List<AuthEvent> events = new ArrayList<>();
        MutableClock clock = new MutableClock();
        clock.advance(Duration.ofMinutes(5));
        List<AuthListener> listeners = new ArrayList<>(List.of(
                event -> {
                    order.add("first");
                    events.add(event);
                },
                event -> {
                    order.add("second");
                    events.add(event);
                }));
        Events told = new Events(listeners, null, clock, false);
        listeners.clear();
        told.tell(
                AuthEvent.Type.FORBIDDEN,
                "id1",
                Fixtures.PLAIN,
                FailureReason.RATE_LIMITED,
                FakeRequest.get("/a?token=canary").remoteAddress("192.0.2.1"));
        assertEquals(List.of("first", "second"), order);
        assertSame(events.get(0), events.get(1));
        AuthEvent expected = new AuthEvent(
                AuthEvent.Type.FORBIDDEN,
                Fixtures.NOON.plusSeconds(300),
                "id1",
                Fixtures.PLAIN,
                FailureReason.RATE_LIMITED,
                "GET",
                "/a",
                "192.0.2.1",
                "");
        assertEquals(expected, events.get(0), "and no query, which may hold a secret");
    }

    @Test
    void aListenerThatBreaksDoesNotKeepItFromTheOthers() {
        Events events = new Events(
                List.of(
                        event -> Fixtures.raise(new StackOverflowError()),
                        event -> Fixtures.raise(new IllegalStateException("bug")),
                        event -> order.add("last")),
                null,
                new MutableClock(),
                false);
        events.tell(AuthEvent.Type.LOGIN, "", null, null, FakeRequest.get("/"));
        assertEquals(List.of("last"), order);
    }

    @Test
    void asksNoClockWithoutListeners() {
        Events events = new Events(List.of(), null, () -> Fixtures.raise(new AssertionError("asked")), true);
        events.tell(AuthEvent.Type.LOGIN, "", null, null, FakeRequest.get("/"));
        assertEquals(List.of(), order);
    }

    @Test
    void aListenerThatIsNeededAndBreaksThrowsOnceAllHaveHeard() {
        Events events = new Events(
                List.of(event -> Fixtures.raise(new IllegalStateException("disk full")), event -> order.add("last")),
                null,
                new MutableClock(),
                true);
        IllegalStateException thrown = assertThrows(
                IllegalStateException.class,
                () -> events.tell(AuthEvent.Type.LOGIN, "", null, null, FakeRequest.get("/")));
        assertEquals("an event could not be told, which 'audit.on-failure' does not allow", thrown.getMessage());
        assertEquals(List.of("last"), order);
        events.tellAnyway(AuthEvent.Type.FAULT, "", null, null, FakeRequest.get("/"));
        assertEquals(List.of("last", "last"), order);
    }

    @Test
    void namesTheSessionExceptWhereTheStoreMayBeWhatBroke() {
        List<AuthEvent> heard = new ArrayList<>();
        Fixtures.FakeStore store = new Fixtures.FakeStore(AuthOutcome.absent());
        store.name = () -> "s1";
        Events events = new Events(List.of(heard::add), store, new MutableClock(), false);
        events.tell(AuthEvent.Type.FORBIDDEN, "", null, null, FakeRequest.get("/"));
        events.tell(AuthEvent.Type.FAULT, "", null, null, FakeRequest.get("/"));
        store.name = () -> Fixtures.raise(new IllegalStateException("down"));
        events.tell(AuthEvent.Type.FORBIDDEN, "", null, null, FakeRequest.get("/"));
        assertEquals(
                List.of("s1", "", ""), heard.stream().map(AuthEvent::session).toList());
    }

    @Test
    void whatAVerdictNeedsToldIsDeniedWithoutIt() {
        AuthEngine engine = AuthEngine.builder()
                .store(new Fixtures.FakeStore(AuthOutcome.absent()))
                .listener(event -> Fixtures.raise(new IllegalStateException("disk full")))
                .listenersNeeded(true)
                .build();
        assertInstanceOf(Decision.Unavailable.class, engine.decide(FakeRequest.get("/"), Policies.authenticated()));
        assertInstanceOf(Decision.Allow.class, engine.decide(FakeRequest.get("/"), Policies.permitAll()));
        assertThrows(IllegalStateException.class, () -> engine.gate().complete(FakeRequest.get("/"), Fixtures.PLAIN));
    }
}
