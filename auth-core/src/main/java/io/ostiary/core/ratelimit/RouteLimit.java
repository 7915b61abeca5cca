package io.ostiary.core.ratelimit;

import io.ostiary.core.AuthEngine;
import io.ostiary.core.AuthOutcome;
import io.ostiary.core.AuthRequest;
import io.ostiary.core.Identity;
import io.ostiary.core.Limited;
import io.ostiary.core.Reply;
import io.ostiary.core.config.Settings;
import io.ostiary.core.crypto.Tokens;
import io.ostiary.core.spi.EdgeStep;
import io.ostiary.core.spi.Rate;
import io.ostiary.core.spi.RateLimitStore;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Limits how often one client, or one account, may ask for a part of the application. All paths and methods of one filter
 * count together. Immutable and thread-safe.
 */
public final class RouteLimit implements EdgeStep {
    private static final System.Logger LOG = System.getLogger(RouteLimit.class.getName());
    private final String name;
    private final List<Rate> rates;
    private final By by;
    private final boolean openOnFault;
    private final AuthEngine engine;
    private final RateLimitStore store;

    private RouteLimit(
            String name, List<Rate> rates, By by, boolean openOnFault, AuthEngine engine, RateLimitStore store) {
        this.name = name;
        this.rates = List.copyOf(rates);
        this.by = by;
        this.openOnFault = openOnFault;
        this.engine = engine;
        this.store = store;
    }

    private enum By {
        ADDRESS,
        ACCOUNT
    }

    private enum OnFault {
        DENY,
        ALLOW
    }

    /**
     * Reads the settings {@code limit}, {@code by} ({@code address}, the default, or {@code account}) and {@code on-fault}
     * ({@code deny}, the default, or {@code allow}).
     *
     * @param own the settings of one filter
     * @param name names what is counted; filters of one name count together
     * @param engine tells who is asking
     * @param store counts
     * @return a limit
     * @throws io.ostiary.core.config.ConfigurationException if a setting is wrong
     */
    public static RouteLimit from(Settings own, String name, AuthEngine engine, RateLimitStore store) {
        String text = own.requiredText("limit", Rate.ALLOWED);
        List<Rate> rates = Rate.parse(text);
        if (rates == null) {
            throw own.problem("limit", "is '" + text + "'; allowed: " + Rate.ALLOWED);
        }
        By by = own.oneOf("by", By.class, By.ADDRESS);
        boolean open = own.oneOf("on-fault", OnFault.class, OnFault.DENY) == OnFault.ALLOW;
        return new RouteLimit(name, rates, by, open, engine, store);
    }

    @Override
    public @Nullable Reply before(AuthRequest request, Answer answer) {
        Duration wait;
        try {
            wait = store.consume("route " + name + ' ' + who(request), rates);
        } catch (RuntimeException fault) {
            if (!openOnFault) {
                throw fault;
            }
            LOG.log(System.Logger.Level.ERROR, "a limit is not counted, because its store broke", fault);
            return null;
        }
        return wait.isZero() ? null : Limited.reply(request, wait);
    }

    /** Whoever is nobody, or brings something that does not hold, is counted by where they are. */
    private String who(AuthRequest request) {
        if (by == By.ACCOUNT && engine.identify(request) instanceof AuthOutcome.Authenticated known) {
            Identity identity = known.identity();
            return "account " + Tokens.digest(identity.issuer().length() + identity.issuer() + identity.subject());
        }
        return "address " + Clients.of(request.remoteAddress());
    }

    @Override
    public String toString() {
        return name + ": " + rates + " by " + by.name().toLowerCase(Locale.ROOT);
    }
}
