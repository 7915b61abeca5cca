package io.ostiary.sample;

import io.ostiary.core.Identity;
import io.ostiary.rbac.store.RoleSnapshot;
import io.ostiary.rbac.store.RoleStore;
import io.ostiary.rbac.store.UserKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The table of users, with buttons only for those who may press them. */
final class UserRows {
    private UserRows() {}

    /** Everybody on the page: with roles given here, or seen since the start. */
    static List<UserKey> known(Office.Desk desk) {
        return desk.people().with(snapshot(desk).users().keySet());
    }

    static List<Map<String, Object>> of(Office.Desk desk, Identity actor) {
        RoleSnapshot now = snapshot(desk);
        Set<String> offered = new TreeSet<>(desk.rbac().roles());
        List<Map<String, Object>> rows = new ArrayList<>();
        for (UserKey user : desk.people().with(now.users().keySet())) {
            offered.addAll(now.roles(user));
        }
        for (UserKey user : desk.people().with(now.users().keySet())) {
            rows.add(row(desk, actor, user, now.roles(user), offered));
        }
        return rows;
    }

    private static Map<String, Object> row(
            Office.Desk desk, Identity actor, UserKey user, Set<String> given, Set<String> offered) {
        Identity seen = desk.people().lastSeen(user);
        Set<String> grantable = desk.rbac().grantable(actor);
        List<Map<String, Object>> boxes = new ArrayList<>();
        for (String role : offered) {
            boxes.add(Map.of("role", role, "given", given.contains(role), "fixed", !grantable.contains(role)));
        }
        Map<String, Object> row = new HashMap<>();
        row.put("name", seen == null ? user.subject() : seen.name());
        row.put("issuer", user.issuer());
        row.put("subject", user.subject());
        row.put("given", given.isEmpty() ? "none" : String.join(", ", new TreeSet<>(given)));
        row.put("mayChange", desk.mayChange().may(actor, "grant", user));
        row.put("boxes", boxes);
        return row;
    }

    private static RoleSnapshot snapshot(Office.Desk desk) {
        RoleStore store = desk.rbac().store();
        return store == null ? new RoleSnapshot(0, Map.of()) : store.snapshot();
    }
}
