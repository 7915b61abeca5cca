package io.ostiary.core;

import java.security.Principal;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Who is asking and how that was proven. Immutable, holds no secret. Two identities of outside systems are the same
 * person only if issuer and subject are both equal, byte for byte; the name and any e-mail address are for display.
 *
 * @param name what {@code getRemoteUser()} shows; not blank
 * @param scheme which kind of credential proved it, for example {@code session} or {@code apikey}
 * @param issuer who vouches for the subject: an OpenID issuer, or a name for a local source; not blank
 * @param subject identifier that the issuer never gives to anyone else; not blank
 * @param roles role names, exact case
 * @param permissions permission names, exact case
 * @param attributes further facts, for example {@code email}
 * @param amr how the person proved themselves (RFC 8176), may be empty
 * @param authTime when they did
 */
public record Identity(
        String name,
        String scheme,
        String issuer,
        String subject,
        Set<String> roles,
        Set<String> permissions,
        Map<String, String> attributes,
        Set<String> amr,
        Instant authTime)
        implements Principal {

    /**
     * Checks and copies.
     *
     * @throws IllegalArgumentException if name, scheme, issuer or subject is blank
     */
    public Identity {
        requireText("a name", name);
        requireText("a scheme", scheme);
        requireText("an issuer", issuer);
        requireText("a subject", subject);
        roles = Set.copyOf(roles);
        permissions = Set.copyOf(permissions);
        attributes = Map.copyOf(attributes);
        amr = Set.copyOf(amr);
    }

    /**
     * Creates an identity without roles, named after its subject.
     *
     * @param scheme which kind of credential proved it
     * @param issuer who vouches for the subject
     * @param subject identifier within the issuer
     * @param authTime when it was proven
     * @return a new identity
     */
    public static Identity of(String scheme, String issuer, String subject, Instant authTime) {
        return new Identity(subject, scheme, issuer, subject, Set.of(), Set.of(), Map.of(), Set.of(), authTime);
    }

    @Override
    public String getName() {
        return name;
    }

    /**
     * Tells whether a role is held, exactly as spelt.
     *
     * @param role role name
     * @return true if held
     */
    public boolean hasRole(String role) {
        return roles.contains(role);
    }

    /**
     * Copies with another display name.
     *
     * @param newName not blank
     * @return a copy
     */
    public Identity withName(String newName) {
        return new Identity(newName, scheme, issuer, subject, roles, permissions, attributes, amr, authTime);
    }

    /**
     * Copies with another scheme.
     *
     * @param newScheme not blank
     * @return a copy
     */
    public Identity withScheme(String newScheme) {
        return new Identity(name, newScheme, issuer, subject, roles, permissions, attributes, amr, authTime);
    }

    /**
     * Copies with more roles.
     *
     * @param more roles to add
     * @return a copy, or this if nothing is new
     */
    public Identity plusRoles(Set<String> more) {
        if (roles.containsAll(more)) {
            return this;
        }
        Set<String> all = new HashSet<>(roles);
        all.addAll(more);
        return new Identity(name, scheme, issuer, subject, all, permissions, attributes, amr, authTime);
    }

    /**
     * Copies with more permissions.
     *
     * @param more permissions to add
     * @return a copy, or this if nothing is new
     */
    public Identity plusPermissions(Set<String> more) {
        if (permissions.containsAll(more)) {
            return this;
        }
        Set<String> all = new HashSet<>(permissions);
        all.addAll(more);
        return new Identity(name, scheme, issuer, subject, roles, all, attributes, amr, authTime);
    }

    /**
     * Copies with one more attribute.
     *
     * @param key attribute name
     * @param value its value; replaces an earlier one
     * @return a copy
     */
    public Identity withAttribute(String key, String value) {
        Map<String, String> all = new HashMap<>(attributes);
        all.put(key, value);
        return new Identity(name, scheme, issuer, subject, roles, permissions, all, amr, authTime);
    }

    /**
     * Copies with the methods by which the person proved themselves.
     *
     * @param methods RFC 8176 values
     * @return a copy
     */
    public Identity withAmr(Set<String> methods) {
        return new Identity(name, scheme, issuer, subject, roles, permissions, attributes, methods, authTime);
    }

    private static void requireText(String what, String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException("an identity needs " + what);
        }
    }
}
