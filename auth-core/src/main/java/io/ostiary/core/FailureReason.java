package io.ostiary.core;

/**
 * Why a credential or a login was refused: a closed vocabulary for audit and metrics. It is never sent to the client;
 * a client learns only that it must authenticate.
 */
public enum FailureReason {
    /** The credential is not of the form that this scheme has. */
    MALFORMED_CREDENTIAL,
    /** The same kind of credential came twice; which one counts would be a guess. */
    DUPLICATE_CREDENTIAL,
    /** The credential is well formed but nothing is known by it. */
    UNKNOWN_CREDENTIAL,
    /** It was valid once. */
    EXPIRED_CREDENTIAL,
    /** It was withdrawn. */
    REVOKED_CREDENTIAL,
    /** A signature or a secret part does not match. */
    BAD_SIGNATURE,
    /** It was made for another audience, issuer, client or purpose. */
    WRONG_AUDIENCE,
    /** It was used before and may be used once only. */
    REPLAYED_CREDENTIAL,
    /** No session by this id, or it ended. */
    SESSION_EXPIRED,
    /** The account may not log in. */
    ACCOUNT_DISABLED,
    /** The browser sent no pending login that fits: cookies blocked, expired, another browser, or a forgery. */
    LOGIN_NOT_STARTED,
    /** The pending login is older than it may be. */
    LOGIN_EXPIRED,
    /** The callback was spent before. */
    LOGIN_REPLAYED,
    /** The person, or the provider on their behalf, said no. */
    LOGIN_CANCELLED,
    /** The provider answered with an error of its own. */
    PROVIDER_ERROR,
    /** The provider could not be reached or answered nonsense. */
    PROVIDER_UNAVAILABLE,
    /** The callback, token response or user information breaks the protocol. */
    PROVIDER_RESPONSE_INVALID,
    /** The ID token failed one of the checks of OpenID Connect Core 3.1.3.7. */
    ID_TOKEN_INVALID,
    /** The provider's proof is weaker or older than was asked for. */
    LOGIN_TOO_WEAK,
    /** Somebody is logged in, but the request takes a fresher or stronger proof than the one behind the session. */
    STEP_UP_REQUIRED,
    /** The browser was sent round too often in a short time. */
    LOGIN_LOOP,
    /** The request came from another site. */
    CROSS_SITE_REQUEST,
    /** The target can be read in two ways. */
    AMBIGUOUS_TARGET,
    /** Pages of that origin may not call. */
    ORIGIN_NOT_ALLOWED,
    /** The request came over plain http. */
    TLS_REQUIRED,
    /** Too many tries. */
    RATE_LIMITED,
    /** A store, provider or rule broke while deciding. */
    INTERNAL_FAULT
}
