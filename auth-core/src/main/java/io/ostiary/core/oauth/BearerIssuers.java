package io.ostiary.core.oauth;

import io.ostiary.core.config.Settings;
import io.ostiary.core.spi.Authenticator;
import io.ostiary.core.spi.Feature;
import io.ostiary.core.spi.SubjectEpochs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The issuers of other people's access tokens that this application takes, as configured. Immutable. */
public final class BearerIssuers {
    private final List<BearerIssuer> issuers;
    private final Duration requestTimeout;

    private BearerIssuers(List<BearerIssuer> issuers, Duration requestTimeout) {
        this.issuers = List.copyOf(issuers);
        this.requestTimeout = requestTimeout;
    }

    /**
     * Reads every {@code bearer.from.<id>.*} and {@code bearer.request-timeout} (default 5s).
     *
     * @param settings all settings
     * @param development whether issuers may be reached by http on this machine
     * @param own the issuer of this application's own tokens; null if it issues none
     * @return null if there is none
     * @throws io.ostiary.core.config.ConfigurationException if a setting is wrong
     */
    public static @Nullable BearerIssuers from(Settings settings, boolean development, @Nullable String own) {
        Settings bearer = settings.section("bearer");
        List<BearerIssuer> issuers = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        boolean introspected = false;
        for (String id : bearer.names("from")) {
            BearerIssuer issuer = BearerIssuer.from(bearer, id, development);
            Settings section = bearer.section("from." + id);
            if (!seen.add(issuer.issuer()) || issuer.issuer().equals(own)) {
                throw section.problem(
                        "issuer", "is an issuer that is there already; allowed: each issuer once, and not one's own");
            }
            if (issuer.introspection() != null && introspected) {
                throw section.problem(
                        "introspection-endpoint",
                        "is the second one; allowed: one, because a token that says nothing does not say whom to ask");
            }
            introspected |= issuer.introspection() != null;
            issuers.add(issuer);
        }
        if (issuers.isEmpty()) {
            return null;
        }
        Duration timeout =
                bearer.duration("request-timeout", Duration.ofSeconds(5), Duration.ofSeconds(1), Duration.ofMinutes(1));
        return new BearerIssuers(issuers, timeout);
    }

    /**
     * Makes what knows callers by these tokens.
     *
     * @param own knows those of this application; null if it issues none
     * @param context time
     * @param epochs since when tokens of a person count
     * @param realm what the challenge names
     * @return for {@code Authorization: Bearer}
     */
    public Authenticator authenticator(
            @Nullable Authenticator own, Feature.Context context, SubjectEpochs epochs, String realm) {
        CappedHttp http = new CappedHttp(requestTimeout, context.meters());
        List<ForeignTokens> each = issuers.stream()
                .map(issuer -> new ForeignTokens(issuer, context, http))
                .toList();
        return new ForeignBearer(own, each, new ForeignBearer.Ends(context.clock(), epochs), realm);
    }
}
