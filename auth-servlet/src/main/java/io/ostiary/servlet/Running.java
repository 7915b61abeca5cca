package io.ostiary.servlet;

import io.ostiary.core.runtime.Ostiary;
import io.ostiary.rbac.Rbac;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What one application runs with: the engine, the role model, and the very guards that decide. Thread-safe. */
final class Running {
    private final Ostiary ostiary;
    private final Rbac rbac;
    private final StartAuditSettings audit;
    private final Map<String, Guard> guards = new ConcurrentHashMap<>();

    Running(Ostiary ostiary, Rbac rbac, StartAuditSettings audit) {
        this.ostiary = ostiary;
        this.rbac = rbac;
        this.audit = audit;
    }

    Ostiary ostiary() {
        return ostiary;
    }

    Rbac rbac() {
        return rbac;
    }

    StartAuditSettings audit() {
        return audit;
    }

    /** Told by each filter when it starts. */
    void guards(String filterName, Guard guard) {
        guards.put(filterName, guard);
    }

    /** Returns null for a filter that is not of the kit or has not started. */
    @Nullable
    Guard guard(String filterName) {
        return guards.get(filterName);
    }
}
