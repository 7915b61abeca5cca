package io.ostiary.servlet;

import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** What protects what: logged once at start-up, from the very guards that will decide. */
final class StartTable {
    private static final String[] HEAD = {"filter", "url-patterns", "policy", "mode", "schemes"};

    private StartTable() {}

    /** Compiles every guard that is declared so far, so that a mistake in any of them stops the start here. */
    static String of(ServletContext context, Running running) {
        List<String[]> rows = new ArrayList<>();
        rows.add(HEAD);
        for (FilterRegistration filter : context.getFilterRegistrations().values()) {
            String className = filter.getClassName();
            GuardKind kind = className == null ? null : GuardKind.of(className);
            if (kind != null) {
                Guard guard = kind.compile(filter.getName(), filter.getInitParameters(), context, running);
                running.guards(filter.getName(), guard);
                LockedOut.refuse(filter, guard, running.ostiary().endpoints().path());
                rows.add(new String[] {
                    filter.getName(),
                    mappings(filter),
                    guard.policy().toString(),
                    guard.mode().name().toLowerCase(Locale.ROOT),
                    String.join(", ", guard.schemes())
                });
            }
        }
        return format(context, rows);
    }

    private static String mappings(FilterRegistration filter) {
        Collection<String> patterns = new ArrayList<>(Mappings.patterns(filter));
        Mappings.servlets(filter).forEach(name -> patterns.add("servlet " + name));
        return patterns.isEmpty() ? "NONE: this filter protects nothing" : String.join(" ", patterns);
    }

    private static String format(ServletContext context, List<String[]> rows) {
        int[] widths = new int[HEAD.length];
        for (String[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                widths[i] = Math.max(widths[i], row[i].length());
            }
        }
        String path = context.getContextPath().isEmpty() ? "/" : context.getContextPath();
        StringBuilder table = new StringBuilder("Ostiary protects ").append(path);
        for (String[] row : rows) {
            StringBuilder line = new StringBuilder("\n  ");
            for (int i = 0; i < row.length; i++) {
                line.append(row[i]).append(" ".repeat(widths[i] - row[i].length() + 2));
            }
            table.append(line.toString().stripTrailing());
        }
        return table.toString();
    }
}
