package io.ostiary.core.oauth;

import io.ostiary.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** Compares issuers, character by character. */
final class IssuerRule {
    private static final String TENANT = "{tenantid}";
    private static final String TENANT_ID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

    private IssuerRule() {}

    /** A multi-tenant Microsoft login has one issuer for each tenant: the template with the token's own {@code tid}. */
    static boolean matches(String expected, JsonObject claims) {
        return matches(expected, claims.text("iss"), claims.text("tid"));
    }

    /** For a callback, which names no tenant. */
    static boolean matches(String expected, String issuer) {
        int at = expected.indexOf(TENANT);
        if (at < 0) {
            return expected.equals(issuer);
        }
        int end = issuer.length() - (expected.length() - at - TENANT.length());
        return end >= at && matches(expected, issuer, issuer.substring(Math.min(at, issuer.length()), end));
    }

    private static boolean matches(String expected, @Nullable String issuer, @Nullable String tenant) {
        if (!expected.contains(TENANT)) {
            return expected.equals(issuer);
        }
        return tenant != null
                && tenant.matches(TENANT_ID)
                && expected.replace(TENANT, tenant).equals(issuer);
    }
}
