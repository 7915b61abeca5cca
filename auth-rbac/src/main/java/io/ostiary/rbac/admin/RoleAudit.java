package io.ostiary.rbac.admin;

import io.ostiary.core.json.Json;
import io.ostiary.rbac.store.UserKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** One line of JSON for each attempt to change roles; the JSON writer encodes whatever a name holds. */
final class RoleAudit implements RoleChangeListener {
    private static final System.Logger LOG = System.getLogger("io.ostiary.audit");
    private static final int MAX_TEXT = 255;
    private static final int MAX_ROLES = 50;

    @Override
    public void on(RoleChange change) {
        LOG.log(System.Logger.Level.INFO, "{0}", line(change));
    }

    static String line(RoleChange change) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("event", change.done() ? "roles_changed" : "roles_refused");
        fields.put("time", change.time().toString());
        if (change.refusal() != null) {
            fields.put("reason", change.refusal().name().toLowerCase(Locale.ROOT));
        }
        fields.put("actor", user(change.actor()));
        fields.put("user", user(change.user()));
        fields.put("old", roles(change.before()));
        fields.put("new", roles(change.after()));
        fields.put("epoch", change.epoch());
        return Json.line(fields);
    }

    private static Map<String, Object> user(UserKey user) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("issuer", cut(user.issuer()));
        fields.put("subject", cut(user.subject()));
        return fields;
    }

    /** A refused request may name anything, so both the number and the length are bounded. */
    private static List<String> roles(Set<String> roles) {
        return roles.stream().sorted().limit(MAX_ROLES).map(RoleAudit::cut).toList();
    }

    private static String cut(String text) {
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT);
    }
}
