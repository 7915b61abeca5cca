package io.ostiary.core.oauth;

import org.jspecify.annotations.Nullable;

/**
 * What one login asks of the provider beside what is set up.
 *
 * @param loginHint who probably logs in; null if nobody says
 * @param anew whether the person must prove anew who they are
 */
record Wishes(@Nullable String loginHint, boolean anew) {
    static final Wishes NONE = new Wishes(null, false);
    static final Wishes ANEW = new Wishes(null, true);
}
