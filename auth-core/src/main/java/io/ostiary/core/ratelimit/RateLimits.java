package io.ostiary.core.ratelimit;

import io.ostiary.core.AuthRequest;
import io.ostiary.core.Limited;
import io.ostiary.core.Reply;
import io.ostiary.core.config.Settings;
import io.ostiary.core.spi.EdgeStep;
import io.ostiary.core.spi.Rate;
import io.ostiary.core.spi.RateLimitStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Limits, for each client address, how often the kit's own pages may be asked: those that begin or finish a login, give
 * tokens, or take notices of providers. If the store breaks they are closed. Immutable and thread-safe.
 */
public final class RateLimits implements EdgeStep {
    private final List<Rule> rules;
    private final RateLimitStore store;
    private final List<Rate> failures;
    private final String below;

    private RateLimits(String endpointPath, List<Rule> rules, List<Rate> failures, RateLimitStore store) {
        this.below = endpointPath;
        this.rules = List.copyOf(rules);
        this.failures = List.copyOf(failures);
        this.store = store;
    }

    private record Rule(String name, List<String> paths, List<Rate> rates) {
        boolean covers(String path) {
            for (String start : paths) {
                if (path.startsWith(start)) {
                    return true;
                }
            }
            return false;
        }
    }

    private enum Mode {
        ON,
        OFF
    }

    /**
     * Reads the settings {@code mode}, {@code login}, {@code callback}, {@code token}, {@code notices} and {@code failures}.
     *
     * @param section the settings of limits
     * @param endpointPath where the kit's own pages are
     * @param store counts
     * @return null if they are off
     * @throws io.ostiary.core.config.ConfigurationException if a setting is wrong
     */
    public static @Nullable RateLimits from(Settings section, String endpointPath, RateLimitStore store) {
        Mode mode = section.oneOf("mode", Mode.class, Mode.ON);
        List<Rule> rules = new ArrayList<>();
        Map<String, List<String>> paths = Map.of(
                "login", List.of("/login/", "/initiate-login"),
                "callback", List.of("/callback/"),
                "token", List.of("/token"),
                "notices", List.of("/backchannel-logout/", "/frontchannel-logout/"));
        for (String name : List.of("login", "callback", "token", "notices")) {
            List<Rate> rates = rates(section, mode, name, name.equals("notices") ? "600 per minute" : "60 per minute");
            rules.add(new Rule(
                    name,
                    paths.getOrDefault(name, List.of()).stream()
                            .map(path -> endpointPath + path)
                            .toList(),
                    rates));
        }
        List<Rate> failures = rates(section, mode, "failures", "60 per minute");
        return mode == Mode.OFF ? null : new RateLimits(endpointPath, rules, failures, store);
    }

    private static List<Rate> rates(Settings section, Mode mode, String key, String fallback) {
        if (mode == Mode.OFF && section.has(key)) {
            throw section.problem(key, "stands beside 'mode' set to off; allowed: one of the two");
        }
        String text = section.text(key, fallback);
        List<Rate> rates = Rate.parse(text);
        if (rates == null) {
            throw section.problem(key, "is '" + text + "'; allowed: " + Rate.ALLOWED);
        }
        return rates;
    }

    @Override
    public @Nullable Reply before(AuthRequest request, Answer answer) {
        String path = request.path();
        if (!path.startsWith(below)) { // nearly every request
            return null;
        }
        for (Rule rule : rules) {
            if (rule.covers(path)) {
                Duration wait = store.consume(rule.name() + ' ' + Clients.of(request.remoteAddress()), rule.rates());
                return wait.isZero() ? null : Limited.reply(request, wait);
            }
        }
        return null;
    }

    /**
     * Counts a credential that did not hold.
     *
     * @param request the request that brought it
     * @return zero, or how long to wait because there were too many
     */
    public Duration failed(AuthRequest request) {
        return store.consume("failures " + Clients.of(request.remoteAddress()), failures);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("limits:");
        rules.forEach(rule -> text.append(' ').append(rule.name()).append(' ').append(rule.rates()));
        return text.append(" failures ").append(failures).toString();
    }
}
