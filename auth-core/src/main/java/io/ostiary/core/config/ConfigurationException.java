package io.ostiary.core.config;

/**
 * A setting that cannot be used. The message says place, key, value and what is allowed, and never holds a secret; it is
 * meant for the person who deploys.
 */
public final class ConfigurationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message for the person who deploys
     */
    public ConfigurationException(String message) {
        super(message);
    }
}
