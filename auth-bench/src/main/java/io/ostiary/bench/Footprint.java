package io.ostiary.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Counts the jars that a WAR gains, and their bytes: what each library brings with all it needs at run time, as Maven resolved
 * it for this module. Versions that several of them share are those of this module.
 */
public final class Footprint {
    /** What an application would name itself: login, roles, OIDC and API keys, as far as the library has them. */
    private static final Map<String, Set<String>> NAMED = Map.of(
            "Ostiary", Set.of("auth-servlet"),
            "Shiro (no OIDC)", Set.of("shiro-web", "shiro-core", "encoder"),
            "pac4j", Set.of("jakartaee-pac4j", "pac4j-http", "pac4j-oidc"),
            "Spring Security",
                    Set.of("spring-security-config", "spring-security-web", "spring-security-oauth2-client"));

    private static final Pattern NODE = Pattern.compile("(?<indent>[|+\\\\ -]*)\\(?[\\w.-]+:(?<name>[\\w.-]+):jar:"
            + "(?:(?<classifier>[\\w.-]+):)?(?<version>[\\w.-]+):(?<scope>compile|runtime|provided|test)\\b.*");
    private static final int STEP = 3;

    /** By name, what it needs; some names have several lines, of which one has it all. */
    private final Map<String, Set<String>> needs = new HashMap<>();

    private final Map<String, String> files = new HashMap<>();

    private Footprint() {}

    /**
     * Counts and prints.
     *
     * @param args {@code jars} to list them too; all else is left alone
     */
    public static void main(String[] args) throws IOException {
        boolean listed = List.of(args).contains("jars");
        Footprint all = new Footprint();
        all.read(Files.readAllLines(Path.of("tree.txt")));
        System.out.println("| a WAR gains | jars | MB |\n|---|---|---|");
        for (Map.Entry<String, Set<String>> library : new TreeMap<>(NAMED).entrySet()) {
            long bytes = 0;
            Collection<String> jars = all.jars(library.getValue());
            for (String jar : jars) {
                bytes += Files.size(Path.of("lib", jar));
            }
            System.out.printf(Locale.ROOT, "| %s | %d | %.1f |%n", library.getKey(), jars.size(), bytes / 1e6);
            if (listed) {
                System.out.println(String.join(", ", jars));
            }
        }
    }

    private void read(List<String> lines) {
        List<String> above = new ArrayList<>(List.of("")); // this module
        for (String line : lines) {
            Matcher node = NODE.matcher(line);
            boolean taken = node.matches() && node.group("scope").matches("compile|runtime");
            if (!node.matches()) {
                continue;
            }
            int depth = node.group("indent").length() / STEP;
            above.subList(Math.min(depth, above.size()), above.size()).clear();
            String name = node.group("name");
            if (taken && depth > 0) {
                needs.computeIfAbsent(above.get(depth - 1), key -> new TreeSet<>())
                        .add(name);
                if (!line.contains("omitted for")) {
                    String classifier = node.group("classifier") == null ? "" : "-" + node.group("classifier");
                    files.put(name, name + "-" + node.group("version") + classifier + ".jar");
                }
            }
            above.add(name);
        }
    }

    private Collection<String> jars(Set<String> named) {
        Set<String> found = new TreeSet<>();
        Deque<String> open = new ArrayDeque<>(named);
        while (!open.isEmpty()) {
            String name = open.remove();
            String file = files.get(name);
            if (file == null) {
                throw new IllegalStateException("nothing brings " + name);
            }
            if (found.add(file)) {
                open.addAll(needs.getOrDefault(name, Set.of()));
            }
        }
        return found;
    }
}
