package io.ostiary.core.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ostiary.core.FailureReason;
import io.ostiary.core.Identity;
import io.ostiary.core.config.ConfigurationException;
import io.ostiary.core.config.Settings;
import io.ostiary.core.spi.AuthEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class AuditTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final Audit audit = Audit.from(Settings.of(Map.of("recent", "3")));

    private static String line(AuthEvent event) {
        return AuditRecord.of(event).toJson();
    }

    private static AuthEvent event(AuthEvent.Type type, String name, String path) {
        return new AuthEvent(
                type, NOON, "", Identity.of("session", "i", name, NOON), null, "GET", path, "::1", "Firefox");
    }

    @Test
    void keepsTheNewestAndFindsThem() {
        audit.on(event(AuthEvent.Type.LOGIN, "old", "/1"));
        audit.on(event(AuthEvent.Type.LOGIN, "Ada", "/2"));
        audit.on(event(AuthEvent.Type.FORBIDDEN, "vic", "/3"));
        audit.on(event(AuthEvent.Type.LOGOUT, "ada", "/4"));
        assertEquals(List.of("/4", "/3", "/2"), paths("", "", "", 9));
        assertEquals(List.of("/4", "/2"), paths("", "ADA", "", 9));
        assertEquals(List.of("/3"), paths("forbidden", "", "", 9));
        assertEquals(List.of("/3"), paths("", "", "refused", 9));
        assertEquals(List.of("/4"), paths("", "", "", 1));
    }

    @Test
    void aVisitorWithoutAnyCredentialIsCountedAndPushesOutNoRow() {
        audit.on(event(AuthEvent.Type.FORBIDDEN, "vic", "/3"));
        for (int i = 0; i < 10; i++) {
            audit.on(new AuthEvent(AuthEvent.Type.CHALLENGED, NOON, "", null, null, "GET", "/", "::1", ""));
        }
        assertEquals(List.of("/3"), paths("", "", "", 9));
        assertEquals(10, audit.counts().count(AuthEvent.Type.CHALLENGED, null));
    }

    private List<String> paths(String event, String user, String outcome, int limit) {
        return audit.recent().find(event, user, outcome, limit).stream()
                .map(AuditRecord::path)
                .toList();
    }

    @Test
    void countsByWhatAndWhy() {
        audit.on(event(AuthEvent.Type.LOGIN, "ada", "/"));
        audit.on(event(AuthEvent.Type.LOGIN, "eve", "/"));
        audit.on(new AuthEvent(
                AuthEvent.Type.CHALLENGED, NOON, "", null, FailureReason.BAD_SIGNATURE, "GET", "/", "::1", ""));
        assertEquals(2, audit.counts().count(AuthEvent.Type.LOGIN, null));
        assertEquals("""
                # HELP ostiary_events_total Security events since the start.
                # TYPE ostiary_events_total counter
                ostiary_events_total{event="challenged",reason="bad_signature"} 1
                ostiary_events_total{event="login",reason=""} 2
                """, audit.counts().toPrometheus());
    }

    @Test
    void log02whatLooksLikeACredentialIsMasked() {
        String jwt = "eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJhZGEifQ.c2lnbmF0dXJl";
        String key = "ost_live_abcdefgh12345678_secretsecret";
        for (String secret : new String[] {jwt, key, "x".repeat(43)}) {
            String line = line(event(AuthEvent.Type.LOGIN, secret, "/a/" + secret + "/b"));
            assertTrue(line.contains("\"path\":\"/a/***/b\"") && !line.contains(secret), line);
        }
    }

    @Test
    void aSlowSinkNeverHoldsARequestAndDropsAreCounted() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        List<String> written = new CopyOnWriteArrayList<>();
        QueuedSink sink = new QueuedSink(
                        row -> {
                            await(release);
                            written.add(row.path());
                        },
                        2,
                        false,
                        1)
                .started();
        for (int i = 0; i < 10; i++) {
            sink.write(AuditRecord.of(event(AuthEvent.Type.LOGIN, "ada", "/" + i)));
        }
        assertTrue(sink.dropped() >= 7, sink.dropped() + " dropped");
        release.countDown();
        sink.close();
        assertEquals(10 - sink.dropped(), written.size());
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aSinkThatFailsLosesItsRowOnly() {
        List<String> written = new CopyOnWriteArrayList<>();
        QueuedSink sink = new QueuedSink(
                        row -> {
                            if (row.path().equals("/bad")) {
                                throw new IllegalStateException("sink");
                            }
                            written.add(row.path());
                        },
                        10,
                        false,
                        1)
                .started();
        sink.write(AuditRecord.of(event(AuthEvent.Type.LOGIN, "ada", "/bad")));
        sink.write(AuditRecord.of(event(AuthEvent.Type.LOGIN, "ada", "/good")));
        sink.close();
        assertEquals(List.of("/good"), written);
    }

    @Test
    void aSinkThatIsNeededLosesNothingAndRefusesRowsWhileItFails() throws Exception {
        AtomicBoolean down = new AtomicBoolean(true);
        CountDownLatch tried = new CountDownLatch(2);
        CountDownLatch taken = new CountDownLatch(1);
        List<String> written = new CopyOnWriteArrayList<>();
        QueuedSink sink = new QueuedSink(
                        row -> {
                            tried.countDown();
                            if (down.get()) {
                                throw new IllegalStateException("disk full");
                            }
                            written.add(row.path());
                            taken.countDown();
                        },
                        10,
                        true,
                        1)
                .started();
        sink.write(AuditRecord.of(event(AuthEvent.Type.LOGIN, "ada", "/kept")));
        tried.await();
        AuditRecord next = AuditRecord.of(event(AuthEvent.Type.LOGIN, "ada", "/next"));
        assertEquals(
                "an audit sink fails",
                assertThrows(IllegalStateException.class, () -> sink.write(next))
                        .getMessage());
        down.set(false);
        taken.await();
        sink.close();
        assertEquals(List.of("/kept"), written);
        assertEquals(0, sink.dropped());
    }

    @Test
    void aSinkThatIsNeededRefusesWhatItsQueueCannotTake() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch busy = new CountDownLatch(1);
        Audit needed = Audit.from(Settings.of(Map.of("on-failure", "deny", "queue", "1")), List.<AuditSink>of(row -> {
            busy.countDown();
            await(release);
        }));
        needed.on(event(AuthEvent.Type.LOGIN, "ada", "/1"));
        busy.await();
        needed.on(event(AuthEvent.Type.LOGIN, "ada", "/2"));
        AuthEvent third = event(AuthEvent.Type.LOGIN, "ada", "/3");
        assertEquals(
                "an audit sink is too slow, its queue is full",
                assertThrows(IllegalStateException.class, () -> needed.on(third))
                        .getMessage());
        assertEquals(3, needed.recent().find("", "", "", 9).size(), "the page shows it all the same");
        release.countDown();
        needed.close();
    }

    @Test
    void anErrorOfASinkDoesNotEndItsThread() {
        List<String> written = new CopyOnWriteArrayList<>();
        QueuedSink sink = new QueuedSink(
                        row -> {
                            if (row.path().equals("/bad")) {
                                Thread.currentThread().interrupt();
                                throw new StackOverflowError();
                            }
                            written.add(row.path());
                        },
                        10,
                        false,
                        1)
                .started();
        sink.write(AuditRecord.of(event(AuthEvent.Type.LOGIN, "ada", "/bad")));
        sink.write(AuditRecord.of(event(AuthEvent.Type.LOGIN, "ada", "/good")));
        sink.close();
        assertEquals(List.of("/good"), written);
    }

    @Test
    void madeUpCredentialsDoNotFloodTheRows() {
        Audit small = Audit.from(Settings.of(Map.of("refusals", "2")), List.of());
        for (int i = 0; i < 10; i++) {
            small.on(new AuthEvent(
                    AuthEvent.Type.CHALLENGED, NOON, "", null, FailureReason.SESSION_EXPIRED, "GET", "/", "::1", ""));
        }
        assertEquals(2, small.recent().find("", "", "", 99).size());
        assertEquals(10, small.counts().count(AuthEvent.Type.CHALLENGED, FailureReason.SESSION_EXPIRED));
    }

    @Test
    void aSinkThatTakesNoMoreDoesNotKeepItFromTheOthers() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch busy = new CountDownLatch(1);
        List<String> written = new CopyOnWriteArrayList<>();
        AuditSink full = row -> {
            busy.countDown();
            await(release);
        };
        Audit needed = Audit.from(
                Settings.of(Map.of("on-failure", "deny", "queue", "1")), List.of(full, row -> written.add(row.path())));
        needed.on(event(AuthEvent.Type.LOGIN, "ada", "/1"));
        busy.await();
        while (written.isEmpty()) {
            Thread.onSpinWait(); // so that the queue of the other has room again
        }
        needed.on(event(AuthEvent.Type.LOGIN, "ada", "/2"));
        while (written.size() < 2) {
            Thread.onSpinWait();
        }
        AuthEvent third = event(AuthEvent.Type.LOGIN, "ada", "/3");
        assertThrows(IllegalStateException.class, () -> needed.on(third));
        release.countDown();
        needed.close();
        assertEquals(List.of("/1", "/2", "/3"), written);
    }

    @Test
    void onFailureIsIgnoreOrDeny() {
        assertEquals(false, audit.needed());
        assertEquals(
                "settings: 'on-failure' is 'fail'; allowed: one of ignore, deny",
                assertThrows(ConfigurationException.class, () -> Audit.from(Settings.of(Map.of("on-failure", "fail"))))
                        .getMessage());
    }

    @Test
    void showsSessionRequestAndDetail() {
        AuthEvent event = new AuthEvent(
                AuthEvent.Type.LOGOUT, NOON, "", null, null, "POST", "/", "::1", "", "name1", "req-7", "all of them");
        assertEquals(
                "{\"event\":\"logout\",\"time\":\"2026-01-01T12:00:00Z\",\"outcome\":\"success\",\"method\":\"POST\","
                        + "\"path\":\"/\",\"address\":\"::1\",\"session\":\"name1\",\"request_id\":\"req-7\","
                        + "\"detail\":\"all of them\"}",
                line(event));
    }

    @Test
    void dos10aFloodAtTheEdgeIsCountedButDoesNotPushOutWhatMatters() {
        Audit small = Audit.from(Settings.of(Map.of("refusals", "2")));
        small.on(event(AuthEvent.Type.LOGIN, "ada", "/"));
        for (int i = 0; i < 5; i++) {
            small.on(event(AuthEvent.Type.REQUEST_REFUSED, "eve", "/" + i));
        }
        small.on(event(AuthEvent.Type.FORBIDDEN, "vic", "/"));
        assertEquals(5, small.counts().count(AuthEvent.Type.REQUEST_REFUSED, null));
        assertEquals(
                List.of("forbidden", "request_refused", "request_refused", "login"),
                small.recent().find("", "", "", 9).stream()
                        .map(AuditRecord::event)
                        .toList());
    }

    @Test
    void aNewMinuteTakesRefusalsAgain() {
        Flood flood = new Flood(1);
        AuthEvent early = event(AuthEvent.Type.LIMITED, "eve", "/");
        assertEquals(false, flood.over(early));
        assertEquals(true, flood.over(early));
        AuthEvent later =
                new AuthEvent(AuthEvent.Type.LIMITED, NOON.plusSeconds(60), "", null, null, "GET", "/", "::1", "");
        assertEquals(false, flood.over(later));
        assertEquals(true, flood.over(early), "a thread that was overtaken opens no minute of its own");
    }

    @Test
    void howManyRefusalsBecomeRowsIsANumber() {
        Settings section = Settings.of(Map.of("audit.refusals", "0")).section("audit");
        assertEquals(
                "settings: 'audit.refusals' is '0'; allowed: a whole number from 1 to 1000000",
                assertThrows(ConfigurationException.class, () -> Audit.from(section))
                        .getMessage());
    }

    @Test
    void writesOneLineOfJson() {
        Identity ada = Identity.of("session", "https://op.example", "ada", NOON);
        assertEquals(
                "{\"event\":\"login_refused\",\"time\":\"2026-01-01T12:00:00Z\",\"outcome\":\"refused\",\"id\":\"x1\",\"name\":\"ada\","
                        + "\"issuer\":\"https://op.example\",\"subject\":\"ada\",\"scheme\":\"session\","
                        + "\"reason\":\"account_disabled\",\"method\":\"GET\",\"path\":\"/app\",\"address\":\"::1\"}",
                line(new AuthEvent(
                        AuthEvent.Type.LOGIN_REFUSED,
                        NOON,
                        "x1",
                        ada,
                        FailureReason.ACCOUNT_DISABLED,
                        "GET",
                        "/app",
                        "::1",
                        "")));
    }

    @Test
    void nothingBreaksOutOfTheLineOrFloodsIt() {
        String hostile = "\r\n{}${jndi:ldap://x}%n\u2028\u202e\u001b[31m\"" + "a".repeat(9000);
        String line =
                line(new AuthEvent(AuthEvent.Type.CHALLENGED, NOON, "", null, null, hostile, hostile, hostile, ""));
        assertTrue(line.chars().allMatch(c -> c >= 0x20 && c < 0x7f), line);
        assertTrue(line.length() < 1500, "length " + line.length());
    }

    @ParameterizedTest
    @EnumSource(AuthEvent.Type.class)
    void takesEveryEvent(AuthEvent.Type type) {
        for (FailureReason reason : new FailureReason[] {null, FailureReason.BAD_SIGNATURE}) {
            audit.on(new AuthEvent(type, NOON, "", null, reason, "GET", "/", "127.0.0.1", ""));
        }
    }
}
