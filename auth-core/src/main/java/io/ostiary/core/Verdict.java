package io.ostiary.core;

/** What a policy says. */
public enum Verdict {
    /** Let it through. */
    GRANT,
    /** Nobody is logged in and it takes somebody. */
    NEEDS_IDENTITY,
    /** Not for this identity, or for nobody at all. */
    FORBIDDEN
}
