package io.ostiary.rbac;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Holds the closure against a model that only follows edges until nothing is new. */
final class RoleHierarchyPropertyTest {
    private static final int ROUNDS = 500;
    private final Random random = new Random(20_260_117);

    @Test
    void closureIsWhatFollowingEdgesFinds() {
        for (int round = 0; round < ROUNDS; round++) {
            Map<String, Set<String>> graph = acyclic(2 + random.nextInt(12));
            RoleHierarchy hierarchy = RoleHierarchy.of(graph);
            for (int i = 0; i < 10; i++) {
                Set<String> held = some(14);
                assertEquals(follow(graph, held), hierarchy.closure(held), () -> graph + " " + held);
            }
        }
    }

    @Test
    void closureIsExtensiveMonotonicAndIdempotent() {
        for (int round = 0; round < ROUNDS; round++) {
            RoleHierarchy hierarchy = RoleHierarchy.of(acyclic(2 + random.nextInt(12)));
            Set<String> small = some(14);
            Set<String> large = new HashSet<>(small);
            large.addAll(some(14));
            Set<String> closed = hierarchy.closure(small);
            assertTrue(closed.containsAll(small));
            assertTrue(hierarchy.closure(large).containsAll(closed));
            assertEquals(closed, hierarchy.closure(closed));
        }
    }

    @Test
    void impliesAgreesWithTheClosure() {
        for (int round = 0; round < ROUNDS; round++) {
            RoleHierarchy hierarchy = RoleHierarchy.of(acyclic(2 + random.nextInt(12)));
            String senior = "r" + random.nextInt(14);
            String junior = "r" + random.nextInt(14);
            assertEquals(hierarchy.closure(Set.of(senior)).contains(junior), hierarchy.implies(senior, junior));
        }
    }

    @Test
    void anEdgeBackToAnythingAboveIsRefused() {
        for (int round = 0; round < ROUNDS; round++) {
            Map<String, Set<String>> graph = acyclic(3 + random.nextInt(10));
            RoleHierarchy hierarchy = RoleHierarchy.of(graph);
            for (String senior : graph.keySet()) {
                for (String below : hierarchy.closure(Set.of(senior))) {
                    Map<String, Set<String>> bad = new HashMap<>(graph);
                    Set<String> juniors = new HashSet<>(bad.getOrDefault(below, Set.of()));
                    juniors.add(senior);
                    bad.put(below, juniors);
                    assertThrows(IllegalArgumentException.class, () -> RoleHierarchy.of(bad));
                }
            }
        }
    }

    @Test
    void theOrderOfChainsDoesNotMatter() {
        for (int round = 0; round < ROUNDS; round++) {
            List<String> chains = new ArrayList<>();
            acyclic(2 + random.nextInt(8))
                    .forEach((senior, juniors) -> juniors.forEach(junior -> chains.add(senior + ">" + junior)));
            if (chains.isEmpty()) {
                continue;
            }
            RoleHierarchy first = RoleHierarchy.parse(String.join(";", chains));
            Collections.shuffle(chains, random);
            assertEquals(first, RoleHierarchy.parse(String.join(" ; ", chains)));
        }
    }

    private Map<String, Set<String>> acyclic(int size) {
        Map<String, Set<String>> graph = new HashMap<>();
        for (int senior = 0; senior < size; senior++) {
            for (int junior = senior + 1; junior < size; junior++) {
                if (random.nextInt(4) == 0) {
                    graph.computeIfAbsent("r" + senior, unused -> new HashSet<>())
                            .add("r" + junior);
                }
            }
        }
        return graph;
    }

    private Set<String> some(int range) {
        Set<String> roles = new HashSet<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            roles.add("r" + random.nextInt(range));
        }
        return roles;
    }

    private static Set<String> follow(Map<String, Set<String>> graph, Set<String> held) {
        Set<String> all = new HashSet<>(held);
        boolean grew = true;
        while (grew) {
            grew = false;
            for (Map.Entry<String, Set<String>> edge : graph.entrySet()) {
                grew |= all.contains(edge.getKey()) && all.addAll(edge.getValue());
            }
        }
        return all;
    }
}
