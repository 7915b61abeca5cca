package io.ostiary.rbac.admin;

/**
 * Hears of every change of roles, after it is kept, and of every refusal. Thread-safe. What it throws is logged and does
 * not undo the change. Changes made at the same time may be told in another order than they were kept; the epoch has it.
 */
@FunctionalInterface
public interface RoleChangeListener {
    /**
     * Takes note.
     *
     * @param change what happened
     */
    void on(RoleChange change);

    /**
     * Writes each change and refusal as one line of JSON to the logger {@code io.ostiary.audit}: who, whose, old, new,
     * time and epoch.
     *
     * @return a listener
     */
    static RoleChangeListener toAuditLog() {
        return new RoleAudit();
    }
}
