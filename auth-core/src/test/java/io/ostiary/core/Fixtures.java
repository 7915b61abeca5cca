package io.ostiary.core;

import io.ostiary.core.spi.AuthEvent;
import io.ostiary.core.spi.AuthListener;
import io.ostiary.core.spi.Authenticator;
import io.ostiary.core.spi.IdentityStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Identities and fakes of the SPI that the kernel's tests share. */
final class Fixtures {
    static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    static final Identity PLAIN = Identity.of("apikey", "https://op.example", "vic", NOON);
    static final Identity ADMIN =
            Identity.of("apikey", "https://op.example", "ada", NOON).plusRoles(Set.of("admin"));

    private Fixtures() {}

    static AuthOutcome found(Identity identity) {
        return new AuthOutcome.Authenticated(identity);
    }

    /** Throws anything, also what the compiler would not let through. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals", "DoNotCallSuggester"})
    static <T, X extends Throwable> T raise(Throwable fault) throws X {
        throw (X) fault;
    }

    static final class FakeAuthenticator implements Authenticator {
        private final String scheme;
        private final Supplier<AuthOutcome> answer;
        int calls;

        FakeAuthenticator(String scheme, Supplier<AuthOutcome> answer) {
            this.scheme = scheme;
            this.answer = answer;
        }

        FakeAuthenticator(String scheme, AuthOutcome answer) {
            this(scheme, () -> answer);
        }

        @Override
        public String scheme() {
            return scheme;
        }

        @Override
        public String challenge() {
            return scheme + " realm=\"test\"";
        }

        @Override
        public AuthOutcome authenticate(AuthRequest request) {
            calls++;
            return answer.get();
        }
    }

    static final class FakeStore implements IdentityStore {
        private final Supplier<AuthOutcome> answer;
        final List<Identity> saved = new ArrayList<>();
        Supplier<String> name = () -> "";
        int loads;
        int clears;

        FakeStore(Supplier<AuthOutcome> answer) {
            this.answer = answer;
        }

        FakeStore(AuthOutcome answer) {
            this(() -> answer);
        }

        @Override
        public AuthOutcome load(AuthRequest request) {
            loads++;
            return answer.get();
        }

        @Override
        public List<SetCookie> save(AuthRequest request, Identity identity) {
            saved.add(identity);
            return List.of(SetCookie.session("fake", "new", true));
        }

        @Override
        public List<SetCookie> clear(AuthRequest request) {
            clears++;
            return List.of(SetCookie.session("fake", "", true).removed());
        }

        @Override
        public String nameOf(AuthRequest request) {
            return name.get();
        }
    }

    static final class Heard implements AuthListener {
        final List<AuthEvent> events = new ArrayList<>();

        @Override
        public void on(AuthEvent event) {
            events.add(event);
        }

        List<AuthEvent.Type> types() {
            return events.stream().map(AuthEvent::type).toList();
        }
    }
}
