package io.ostiary.rbac.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of a role file: a head line with epoch and number of users, then issuer, subject and roles of each user,
 * separated by tabs. The number shows a file that was cut off, which would otherwise just take roles away.
 */
final class RoleFileText {
    private static final Pattern HEAD = Pattern.compile("ostiary-roles 1 epoch=([0-9]{1,18}) users=([0-9]{1,9})");
    private static final Pattern ROLES =
            Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,63}(?:,[A-Za-z][A-Za-z0-9_.-]{0,63})*+");

    private RoleFileText() {}

    static String write(RoleSnapshot snapshot) {
        List<String> lines = new ArrayList<>();
        snapshot.users()
                .forEach((user, roles) -> lines.add(escape(user.issuer()) + "\t" + escape(user.subject()) + "\t"
                        + String.join(",", new TreeSet<>(roles)) + "\n"));
        lines.sort(null);
        return "ostiary-roles 1 epoch=" + snapshot.epoch() + " users=" + lines.size() + "\n" + String.join("", lines);
    }

    /** Throws IllegalArgumentException with line number and problem. */
    static RoleSnapshot read(String text) {
        String[] lines = text.split("\n", -1);
        Matcher head = HEAD.matcher(lines[0]);
        if (!head.matches()) {
            throw new IllegalArgumentException("1: is not the head of a role file");
        }
        Map<UserKey, Set<String>> users = new HashMap<>();
        for (int i = 1; i < lines.length - 1; i++) {
            addUser(users, lines[i], i + 1);
        }
        if (!lines[lines.length - 1].isEmpty() || users.size() != Integer.parseInt(head.group(2))) {
            throw new IllegalArgumentException(
                    lines.length + ": the file ends too early or too late: its head says " + head.group(2) + " users");
        }
        return new RoleSnapshot(Long.parseLong(head.group(1)), users);
    }

    private static void addUser(Map<UserKey, Set<String>> users, String line, int number) {
        String[] parts = line.split("\t", -1);
        if (parts.length != 3
                || parts[0].isBlank()
                || parts[1].isBlank()
                || !ROLES.matcher(parts[2]).matches()) {
            throw new IllegalArgumentException(number + ": is not 'issuer TAB subject TAB role,role'");
        }
        UserKey user = new UserKey(unescape(parts[0]), unescape(parts[1]));
        if (users.put(user, Set.copyOf(new TreeSet<>(List.of(parts[2].split(","))))) != null) {
            throw new IllegalArgumentException(number + ": the same user is in an earlier line");
        }
    }

    private static String escape(String text) {
        return text.replace("\\", "\\\\")
                .replace("\t", "\\t")
                .replace("\n", "\\n")
                .replace("\r", "\\r");
    }

    private static String unescape(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length()) {
                i++;
                c = switch (text.charAt(i)) {
                    case 't' -> '\t';
                    case 'n' -> '\n';
                    case 'r' -> '\r';
                    default -> text.charAt(i);
                };
            }
            plain.append(c);
        }
        return plain.toString();
    }
}
