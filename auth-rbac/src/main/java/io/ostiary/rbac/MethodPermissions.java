package io.ostiary.rbac;

import io.ostiary.core.Policy;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads {@code GET=report.read POST=report.write}. */
final class MethodPermissions {
    private static final Pattern METHOD = Pattern.compile("[A-Z]{1,32}|\\*");

    private MethodPermissions() {}

    static Map<String, Policy> parse(String text, Permissions permissions) {
        Map<String, Policy> byMethod = new HashMap<>();
        for (String pair : text.strip().split("[\\s,]+", -1)) {
            int equals = pair.indexOf('=');
            String method = equals < 0 ? "" : pair.substring(0, equals);
            if (!METHOD.matcher(method).matches()) {
                throw new IllegalArgumentException("has '" + pair
                        + "'; allowed: METHOD=resource.action, methods in capital letters, or '*' for all others");
            }
            if (method.equals("HEAD")) {
                throw new IllegalArgumentException("has '" + pair + "'; HEAD is always judged as GET, so write GET");
            }
            if (byMethod.put(method, permissions.require(pair.substring(equals + 1))) != null) {
                throw new IllegalArgumentException("names the method " + method + " twice");
            }
        }
        return Map.copyOf(byMethod);
    }
}
