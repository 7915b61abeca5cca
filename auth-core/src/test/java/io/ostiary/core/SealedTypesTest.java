package io.ostiary.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ostiary.core.Fixtures.FakeAuthenticator;
import io.ostiary.testkit.FakeRequest;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Java 17 has no pattern switch, so nothing but this test tells when a sealed family grows and a chain of instanceof
 * does not.
 */
final class SealedTypesTest {
    private static final List<Decision> DECISIONS = List.of(
            new Decision.Allow(null),
            new Decision.Challenged(new Challenge("id1", null, List.of("Session"))),
            new Decision.Forbidden("id2", null),
            new Decision.Limited("id4", Duration.ofSeconds(5)),
            new Decision.Unavailable("id3", Duration.ofSeconds(5)));
    private static final Map<AuthOutcome, Class<? extends Decision>> OUTCOMES = Map.of(
            AuthOutcome.absent(), Decision.Challenged.class,
            AuthOutcome.failed(FailureReason.UNKNOWN_CREDENTIAL), Decision.Challenged.class,
            Fixtures.found(Fixtures.PLAIN), Decision.Allow.class);

    @Test
    void theKernelHasTheseSealedFamiliesOnly() throws IOException, URISyntaxException {
        Path classes = Path.of(AuthEngine.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        try (Stream<Path> files = Files.list(classes.resolve("io/ostiary/core"))) {
            Set<String> sealed = files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.endsWith(".class"))
                    .map(name -> load(name.substring(0, name.length() - ".class".length())))
                    .filter(Class::isSealed)
                    .map(Class::getSimpleName)
                    .collect(Collectors.toSet());
            assertEquals(Set.of("AuthOutcome", "Decision", "Result"), sealed);
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName("io.ostiary.core." + name, false, AuthEngine.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void everyMemberOfASealedFamilyIsFinal() {
        for (Class<?> family : List.of(AuthOutcome.class, Decision.class, LoginGate.Result.class)) {
            for (Class<?> member : family.getPermittedSubclasses()) {
                assertTrue(Modifier.isFinal(member.getModifiers()), member.getName());
            }
        }
    }

    @Test
    void everyDecisionButAllowHasAnAnswer() {
        assertEquals(members(Decision.class), classesOf(DECISIONS));
        Answers answers = new Answers("/auth/login");
        List<Integer> statuses = DECISIONS.stream()
                .filter(decision -> !(decision instanceof Decision.Allow))
                .map(decision -> answers.of(decision, FakeRequest.get("/"), AnswerMode.API)
                        .status())
                .toList();
        assertEquals(List.of(401, 403, 429, 503), statuses);
        assertThrows(
                IllegalArgumentException.class,
                () -> answers.of(DECISIONS.get(0), FakeRequest.get("/"), AnswerMode.API));
    }

    @Test
    void everyOutcomeHasADecision() {
        assertEquals(members(AuthOutcome.class), classesOf(List.copyOf(OUTCOMES.keySet())));
        OUTCOMES.forEach((outcome, decision) -> {
            AuthEngine engine = AuthEngine.builder()
                    .authenticator(new FakeAuthenticator("apikey", outcome))
                    .build();
            assertEquals(
                    decision,
                    engine.decide(FakeRequest.get("/"), Policies.authenticated())
                            .getClass());
        });
    }

    @Test
    void aLoginIsAdmittedOrRefused() {
        assertEquals(
                Set.of(LoginGate.Result.Admitted.class, LoginGate.Result.Refused.class),
                members(LoginGate.Result.class));
    }

    private static Set<Class<?>> members(Class<?> family) {
        return Arrays.stream(family.getPermittedSubclasses()).collect(Collectors.toSet());
    }

    private static Set<Class<?>> classesOf(List<?> samples) {
        return samples.stream().map(Object::getClass).collect(Collectors.toSet());
    }
}
