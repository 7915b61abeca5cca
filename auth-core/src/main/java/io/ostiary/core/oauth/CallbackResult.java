package io.ostiary.core.oauth;

import io.ostiary.core.FailureReason;
import io.ostiary.core.Identity;
import io.ostiary.core.ReturnTo;
import io.ostiary.core.SetCookie;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What came of a provider's answer. Every answer sets the cookies that come with the result. */
public sealed interface CallbackResult {
    /**
     * The provider vouches for somebody; the login gate decides whether they get a session.
     *
     * @param identity who
     * @param next where they wanted to go; null if not known
     * @param cookies remove the pending login
     */
    record Proven(Identity identity, @Nullable ReturnTo next, List<SetCookie> cookies) implements CallbackResult {
        /** Copies. */
        public Proven {
            cookies = List.copyOf(cookies);
        }
    }

    /**
     * The login failed.
     *
     * @param reason why, for audit only
     * @param next where they wanted to go, for a link that tries again; null if not known
     * @param cookies remove the pending login, if there was one
     */
    record Failed(FailureReason reason, @Nullable ReturnTo next, List<SetCookie> cookies) implements CallbackResult {
        /** Copies. */
        public Failed {
            cookies = List.copyOf(cookies);
        }
    }

    /**
     * The provider cannot be reached at the moment.
     *
     * @param retryAfter when it may be worth to try again, at least a second
     * @param next where they wanted to go; null if not known
     * @param cookies remove the pending login, unless this very callback may be sent again
     */
    record Unavailable(Duration retryAfter, @Nullable ReturnTo next, List<SetCookie> cookies)
            implements CallbackResult {
        /** Copies. */
        public Unavailable {
            cookies = List.copyOf(cookies);
        }
    }

    /** No provider of this id is configured. */
    record UnknownProvider() implements CallbackResult {}
}
