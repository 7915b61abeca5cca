package io.ostiary.core;

/** For whom a mapping answers. */
public enum AnswerMode {
    /** People: redirect to the login page, HTML errors. */
    BROWSER,
    /** Programs: 401 and problem details (RFC 9457), never a redirect. */
    API,
    /** Decided for each request from its headers. */
    AUTO
}
