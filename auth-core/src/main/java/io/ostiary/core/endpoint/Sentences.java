package io.ostiary.core.endpoint;

import io.ostiary.core.FailureReason;

/** What a person is told about a login that failed: one plain sentence, nothing from the provider, nothing to guess by. */
final class Sentences {
    private Sentences() {}

    static String of(FailureReason reason) {
        return switch (reason) {
            case LOGIN_NOT_STARTED ->
                "This browser did not start this sign-in, or it does not accept cookies."
                        + " Allow cookies for this site and start again.";
            case LOGIN_EXPIRED -> "This sign-in took too long. Start again.";
            case LOGIN_REPLAYED -> "This sign-in was already finished or used before. Start again.";
            case LOGIN_CANCELLED -> "The sign-in was cancelled.";
            case PROVIDER_ERROR, PROVIDER_RESPONSE_INVALID, ID_TOKEN_INVALID ->
                "The sign-in service gave an answer that cannot be accepted.";
            case PROVIDER_UNAVAILABLE -> "The sign-in service does not answer at the moment. Try again in a minute.";
            case LOGIN_TOO_WEAK -> "This application needs a stronger or fresher sign-in than the one you made.";
            case LOGIN_LOOP ->
                "The sign-in went round in a circle, so it was stopped."
                        + " Wait a minute, or clear the cookies of this site, and start again.";
            case ACCOUNT_DISABLED -> "Your account has been deactivated. Please contact support.";
            case RATE_LIMITED -> "Too many tries. Wait a while and start again.";
            default -> "The sign-in did not succeed. Start again.";
        };
    }
}
