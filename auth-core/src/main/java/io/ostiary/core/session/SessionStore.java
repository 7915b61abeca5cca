package io.ostiary.core.session;

import io.ostiary.core.spi.LogoutTargets;
import io.ostiary.core.spi.SubjectEpochs;
import io.ostiary.core.spi.SubjectKey;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where sessions live. Thread-safe, and every verb is one atomic step, also across nodes that share the store: a script in
 * Redis, a transaction in a database. Never hands out a session that was removed, has ended, or began at or before its
 * owner's epoch.
 *
 * <p>Each request costs one {@link #find} or one look at what {@link #watch} gave, and at most once a minute one {@link #touch}; the other verbs belong to logins,
 * logouts and pages. A verb may block, and must give up within a second or so: the kit bounds how many calls wait ({@link
 * Stores#bounded}), but ends none. It throws only for faults, which deny the
 * request with 503; after a fault the step may or may not have been taken, and taking it again does no harm. Records go to
 * other processes as {@link SessionRecord#toJson}, never by Java serialisation. Extend {@code SessionStoreTck} to test one.
 */
public interface SessionStore extends SubjectEpochs {
    /**
     * Adds a new session, unless its owner was logged out everywhere at or after its beginning. If the owner then has more
     * than {@code limit} sessions, those that began first end in the same step.
     *
     * @param session its digest is not in the store
     * @param limit most sessions of one owner, at least 1
     * @return false if it was not added
     */
    boolean insert(SessionRecord session, int limit);

    /**
     * Finds a session.
     *
     * @param digest its key
     * @return null if there is none
     */
    @Nullable
    SessionRecord find(String digest);

    /**
     * Keeps an eye on a session for requests to come. What it supplies is what {@link #find} would find at that moment,
     * except that a session may be supplied after it ended by time alone; whoever asks looks at the clock. A store in this
     * process can do that without searching.
     *
     * @param digest its key
     * @return supplies null from the moment on at which the session is removed
     */
    default Supplier<@Nullable SessionRecord> watch(String digest) {
        return () -> find(digest);
    }

    /**
     * Notes a use; a session that is gone stays gone.
     *
     * @param digest its key
     * @param time when it was used
     * @return false if there is none
     */
    boolean touch(String digest, Instant time);

    /**
     * Ends a session.
     *
     * @param digest its key
     * @return false if there was none
     */
    boolean remove(String digest);

    /**
     * Lists the sessions of somebody.
     *
     * @param owner whose
     * @return in the order in which they began; empty if there is none
     */
    List<SessionRecord> ofOwner(SubjectKey owner);

    /**
     * Ends the sessions that a provider names by an attribute of their identity. Rare, so it may look at every session.
     *
     * @param target which issuer's, and which attribute has which value; not {@link LogoutTargets.Target.By#SUBJECT}
     * @return the sessions that ended
     */
    List<SessionRecord> removeMatching(LogoutTargets.Target target);
}
