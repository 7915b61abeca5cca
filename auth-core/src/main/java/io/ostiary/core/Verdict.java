package io.ostiary.core;

/** What a policy says. */
public enum Verdict {
    /** Let it through. */
    GRANT,
    /** Nobody is logged in and it takes somebody. */
    NEEDS_IDENTITY,
    /** Somebody is logged in, but it takes a fresher or stronger proof of who they are. */
    NEEDS_STEP_UP,
    /** Not for this identity, or for nobody at all. */
    FORBIDDEN
}
