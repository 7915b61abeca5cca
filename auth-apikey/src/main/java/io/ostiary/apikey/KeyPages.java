package io.ostiary.apikey;

import io.ostiary.apikey.SelfService.Outcome;
import io.ostiary.core.Identity;
import io.ostiary.core.Policies;
import io.ostiary.core.Policy;
import io.ostiary.core.Reply;
import io.ostiary.core.spi.AuthEvent;
import io.ostiary.core.spi.AuthListener;
import io.ostiary.core.spi.Feature.Page;
import io.ostiary.core.spi.Feature.Visit;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/** The pages on which people look after their keys, and administrators after all. Thread-safe. */
final class KeyPages {
    private static final int MAX_OVERLAP_HOURS = 168;
    private static final int OVERLAP_HOURS = 24;
    private final SelfService service;
    private final SelfServiceSettings settings;
    private final KeyAnswers answers;
    private final AuthListener listener;
    private final InstantSource clock;

    KeyPages(
            SelfService service,
            SelfServiceSettings settings,
            KeyAnswers answers,
            AuthListener listener,
            InstantSource clock) {
        this.service = service;
        this.settings = settings;
        this.answers = answers;
        this.listener = listener;
        this.clock = clock;
    }

    List<Page> pages() {
        Policy anybody = Policies.authenticated();
        Policy change = settings.toChange(clock);
        List<Page> pages = new ArrayList<>();
        pages.add(new Page("GET", "/keys", anybody, this::list));
        pages.add(page(
                "/keys",
                change,
                AuthEvent.Type.KEY_CREATED,
                Set.of("name", "roles", "scopes", "networks", "days"),
                this::create));
        pages.add(page("/keys/rename", change, AuthEvent.Type.KEY_RENAMED, Set.of("id", "name"), this::rename));
        pages.add(
                page("/keys/rotate", change, AuthEvent.Type.KEY_ROTATED, Set.of("id", "overlap_hours"), this::rotate));
        pages.add(page("/keys/revoke", anybody, AuthEvent.Type.KEY_REVOKED, Set.of("id"), this::revoke));
        if (!settings.adminRoles().isEmpty()) {
            Policy admins = Policies.anyRole(settings.adminRoles());
            pages.add(new Page("GET", "/keys/all", admins, visit -> answers.all(service.all())));
            pages.add(page(
                    "/keys/all/revoke",
                    admins,
                    AuthEvent.Type.KEY_REVOKED,
                    Set.of("id"),
                    (visit, input) -> ifSound(input, service::revokeAny, input.id())));
        }
        return pages;
    }

    private Page page(
            String path,
            Policy policy,
            AuthEvent.Type type,
            Set<String> fields,
            BiFunction<Visit, KeyInput, Outcome> change) {
        return new Page(
                "POST", path, policy, visit -> changed(visit, KeyInput.read(visit.request(), fields), type, change));
    }

    private Reply changed(
            Visit visit, KeyInput input, AuthEvent.Type type, BiFunction<Visit, KeyInput, Outcome> change) {
        Refusal before = input.refusal();
        Outcome outcome = before == null ? change.apply(visit, input) : Outcome.refused(before);
        ApiKeyRecord record = outcome.record();
        if (record != null && outcome.done()) {
            listener.on(AuthEvent.of(type, clock.instant(), "", visit.identity(), null, visit.request())
                    .withDetail("key " + record.id() + " of " + record.owner()));
        }
        return answers.of(visit.request(), input, outcome, type == AuthEvent.Type.KEY_CREATED);
    }

    private Reply list(Visit visit) {
        return answers.own(
                service.own(visit.identity()), service.grantable(visit.identity(), visit.proven()), settings);
    }

    private Outcome create(Visit visit, KeyInput input) {
        SelfService.Wish wish = input.wish(settings.maxDays());
        Refusal wrong = input.refusal();
        return wrong == null ? service.create(visit.identity(), visit.proven(), wish) : Outcome.refused(wrong);
    }

    private Outcome rename(Visit visit, KeyInput input) {
        String id = input.id();
        String name = input.name();
        return ifSound(input, sound -> service.rename(visit.identity(), sound, name), id);
    }

    private Outcome rotate(Visit visit, KeyInput input) {
        String id = input.id();
        int hours = input.number("overlap_hours", 0, MAX_OVERLAP_HOURS, OVERLAP_HOURS);
        return ifSound(input, sound -> service.rotate(visit.identity(), sound, Duration.ofHours(hours)), id);
    }

    private Outcome revoke(Visit visit, KeyInput input) {
        Identity who = visit.identity();
        return ifSound(input, id -> service.revoke(who, id), input.id());
    }

    private static Outcome ifSound(KeyInput input, Function<String, Outcome> change, String id) {
        Refusal wrong = input.refusal();
        return wrong == null ? change.apply(id) : Outcome.refused(wrong);
    }
}
