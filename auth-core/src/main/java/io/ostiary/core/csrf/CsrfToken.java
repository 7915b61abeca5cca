package io.ostiary.core.csrf;

import java.util.function.Supplier;

/**
 * What a form of the application must carry, made when a page first asks for it; another one in each answer, all good for
 * the same session. Not thread-safe.
 */
public final class CsrfToken {
    private final String parameter;
    private final String header;
    private final Supplier<String> make;
    private String made = "";

    CsrfToken(String parameter, String header, Supplier<String> make) {
        this.parameter = parameter;
        this.header = header;
        this.make = make;
    }

    /**
     * Returns the token.
     *
     * @return base64url; empty for a visitor without a session, who needs none
     */
    public String getToken() {
        if (made.isEmpty()) {
            made = make.get();
        }
        return made;
    }

    /**
     * Returns the name of the form field.
     *
     * @return the setting {@code csrf.parameter}
     */
    public String getParameter() {
        return parameter;
    }

    /**
     * Returns the name of the header for scripts.
     *
     * @return {@code X-CSRF-Token}
     */
    public String getHeader() {
        return header;
    }

    /** Shows names only. */
    @Override
    public String toString() {
        return "CsrfToken[" + parameter + "]";
    }
}
