package io.ostiary.core.oauth;

/**
 * A provider as a login page shows it.
 *
 * @param id part of its login and callback paths, {@code [a-z][a-z0-9-]{0,31}}
 * @param label for people
 */
public record ProviderInfo(String id, String label) {}
