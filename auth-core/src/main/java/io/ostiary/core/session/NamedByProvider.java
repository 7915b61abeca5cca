package io.ostiary.core.session;

import io.ostiary.core.Identity;
import io.ostiary.core.spi.LogoutTargets.Target;

/** Tells which sessions a provider means. The attributes are those that a login through a provider leaves. */
final class NamedByProvider {
    private NamedByProvider() {}

    static boolean matches(Identity identity, Target target) {
        return identity.issuer().equals(target.issuer())
                && target.value().equals(identity.attributes().get(attribute(target.by())));
    }

    static String attribute(Target.By by) {
        return switch (by) {
            case PROVIDER_SESSION -> "provider_sid";
            case LOGIN -> "provider_login";
            case SUBJECT -> throw new IllegalArgumentException("a subject is no attribute");
        };
    }
}
