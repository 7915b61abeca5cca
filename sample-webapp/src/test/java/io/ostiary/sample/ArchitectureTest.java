package io.ostiary.sample;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The shape of the kit, checked on its class files and sources. */
final class ArchitectureTest {
    private static final String[] FEATURES = {
        "session", "oauth", "token", "csrf", "cors", "headers", "https", "ratelimit", "audit", "metrics"
    };
    private static final JavaClasses KIT = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("/auth-testkit") && !location.contains("/testkit/"))
            .importPackages("io.ostiary.core", "io.ostiary.rbac", "io.ostiary.apikey", "io.ostiary.servlet");

    @Test
    void theScanIsNotEmpty() {
        assertTrue(KIT.size() > 100, "only " + KIT.size() + " classes were found");
        for (String module : List.of("core", "rbac", "apikey", "servlet")) {
            assertTrue(KIT.stream().anyMatch(type -> type.getPackageName().startsWith("io.ostiary." + module)), module);
        }
    }

    @Test
    void onlyTheServletModuleKnowsServlets() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.ostiary.servlet..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jakarta.servlet..", "org.eclipse.jetty..")
                .check(KIT);
    }

    @ParameterizedTest
    @CsvSource({
        "com.github.benmanes.caffeine.., io.ostiary.core.cache",
        "com.fasterxml.jackson.., io.ostiary.core.json",
        "com.nimbusds.., io.ostiary.core.jose",
        "com.github.scribejava.., io.ostiary.core.oauth",
        "io.github.bucket4j.., io.ostiary.core.ratelimit",
        "io.micrometer.., io.ostiary.core.metrics"
    })
    void eachLibraryIsImportedByOnePackage(String library, String home) {
        noClasses()
                .that()
                .resideOutsideOfPackage(home)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .check(KIT);
        assertTrue(
                KIT.stream()
                        .filter(type -> type.getPackageName().equals(home))
                        .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                        .anyMatch(dependency -> dependency
                                .getTargetClass()
                                .getPackageName()
                                .startsWith(library.substring(0, library.length() - 2))),
                home + " does not use " + library);
    }

    @Test
    void onlyTheCommandLinesUsePicocli() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.ostiary.apikey.cli", "io.ostiary.rbac.cli")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("picocli..")
                .check(KIT);
    }

    @Test
    void arrowsPointTowardsCore() {
        noClasses()
                .that()
                .resideInAPackage("io.ostiary.core..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.ostiary.rbac..", "io.ostiary.apikey..", "io.ostiary.servlet..")
                .check(KIT);
        noClasses()
                .that()
                .resideInAPackage("io.ostiary.rbac..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.ostiary.apikey..", "io.ostiary.servlet..")
                .check(KIT);
        noClasses()
                .that()
                .resideInAPackage("io.ostiary.apikey..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.ostiary.rbac..", "io.ostiary.servlet..")
                .check(KIT);
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.ostiary.sample..")
                .check(KIT);
    }

    @Test
    void aFeatureKnowsTheKernelButNoOtherFeature() {
        for (String feature : FEATURES) {
            String[] others = Stream.of(FEATURES)
                    .filter(other -> !other.equals(feature))
                    .map(other -> "io.ostiary.core." + other + "..")
                    .toArray(String[]::new);
            noClasses()
                    .that()
                    .resideInAPackage("io.ostiary.core." + feature + "..")
                    .should()
                    .dependOnClassesThat(are(resideInAnyPackage(others))
                            .or(resideInAnyPackage("io.ostiary.core.endpoint..", "io.ostiary.core.runtime..")))
                    .allowEmptyShould(true)
                    .check(KIT);
        }
    }

    @Test
    void theKernelKnowsNoFeature() {
        noClasses()
                .that()
                .resideInAnyPackage("io.ostiary.core", "io.ostiary.core.spi", "io.ostiary.core.config")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(Stream.concat(
                                Stream.of(FEATURES).map(feature -> "io.ostiary.core." + feature + ".."),
                                Stream.of("io.ostiary.core.endpoint..", "io.ostiary.core.runtime.."))
                        .toArray(String[]::new))
                .check(KIT);
    }

    @Test
    void packagesOfFeaturesHaveNoCycles() {
        slices().matching("io.ostiary.core.(session|oauth|csrf|audit|endpoint|runtime)..")
                .should()
                .beFreeOfCycles()
                .check(KIT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "java.lang.ThreadLocal",
                "java.lang.InheritableThreadLocal",
                "java.io.ObjectInputStream",
                "java.util.Random",
                "java.lang.reflect.Method",
                "java.lang.reflect.Field"
            })
    void nothingUses(String forbidden) {
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName(forbidden)
                .check(KIT);
    }

    @Test
    void nothingPrintsOrSleeps() {
        noClasses()
                .that(not(resideInAnyPackage("io.ostiary.apikey.cli", "io.ostiary.rbac.cli")))
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .callMethod(Thread.class, "sleep", long.class)
                .check(KIT);
    }

    /** One adapter method shows it, because signatures cover the bytes that were sent, and for the guard to refuse; no decision may. */
    @Test
    void nothingDecidesByTheRawRequestUri() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("io.ostiary.servlet.ServletAuthRequest")
                .should()
                .callMethod("jakarta.servlet.http.HttpServletRequest", "getRequestURI")
                .orShould()
                .callMethod("jakarta.servlet.http.HttpServletRequest", "getRequestURL")
                .check(KIT);
        noClasses()
                .that()
                .resideOutsideOfPackages("io.ostiary.apikey..", "io.ostiary.core.path")
                .and()
                .areNotAssignableTo("io.ostiary.core.AuthRequest")
                .should()
                .callMethod("io.ostiary.core.AuthRequest", "rawPath")
                .check(KIT);
    }

    @Test
    void staticFieldsAreFinal() {
        fields().that().areStatic().should().beFinal().check(KIT);
    }

    @Test
    void publicClassesAreFinalOrSealed() {
        classes()
                .that()
                .arePublic()
                .and()
                .areNotInterfaces()
                .and()
                .areNotEnums()
                .should()
                .haveModifier(JavaModifier.FINAL)
                .check(KIT);
    }

    /** A number here changes only when somebody means to change what users can see. */
    @Test
    void thePublicSurfaceIsWhatWasMeant() {
        Map<String, Long> counts = new TreeMap<>();
        KIT.stream()
                .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                .filter(JavaClass::isTopLevelClass)
                .filter(type -> !type.getSimpleName().equals("package-info"))
                .forEach(type -> counts.merge(type.getPackageName(), 1L, Long::sum));
        assertEquals(new TreeMap<>(SURFACE), counts);
    }

    private static final Map<String, Long> SURFACE = Map.ofEntries(
            Map.entry("io.ostiary.apikey", 11L),
            Map.entry("io.ostiary.apikey.cli", 1L),
            Map.entry("io.ostiary.apikey.signature", 6L),
            Map.entry("io.ostiary.core", 23L),
            Map.entry("io.ostiary.core.audit", 5L),
            Map.entry("io.ostiary.core.cache", 5L),
            Map.entry("io.ostiary.core.config", 2L),
            Map.entry("io.ostiary.core.crypto", 3L),
            Map.entry("io.ostiary.core.cors", 1L),
            Map.entry("io.ostiary.core.csrf", 3L),
            Map.entry("io.ostiary.core.endpoint", 2L),
            Map.entry("io.ostiary.core.headers", 1L),
            Map.entry("io.ostiary.core.https", 1L),
            Map.entry("io.ostiary.core.jose", 8L),
            Map.entry("io.ostiary.core.json", 3L),
            Map.entry("io.ostiary.core.metrics", 2L),
            Map.entry("io.ostiary.core.oauth", 9L),
            Map.entry("io.ostiary.core.page", 2L),
            Map.entry("io.ostiary.core.path", 2L),
            Map.entry("io.ostiary.core.proxy", 2L),
            Map.entry("io.ostiary.core.ratelimit", 3L),
            Map.entry("io.ostiary.core.runtime", 2L),
            Map.entry("io.ostiary.core.session", 6L),
            Map.entry("io.ostiary.core.spi", 21L),
            Map.entry("io.ostiary.core.token", 3L),
            Map.entry("io.ostiary.rbac", 6L),
            Map.entry("io.ostiary.rbac.admin", 3L),
            Map.entry("io.ostiary.rbac.cli", 1L),
            Map.entry("io.ostiary.rbac.rules", 2L),
            Map.entry("io.ostiary.rbac.store", 5L),
            Map.entry("io.ostiary.servlet", 16L));

    @Test
    void sourcesAreShortAndFinished() throws IOException {
        List<Path> sources;
        try (Stream<Path> files = Files.walk(Path.of("..").toRealPath(), 20)) {
            sources = files.filter(file -> file.toString().contains("/src/main/java/"))
                    .filter(file -> file.toString().endsWith(".java"))
                    .toList();
        }
        assertTrue(sources.size() > 80, "only " + sources.size() + " sources were found");
        for (Path source : sources) {
            List<String> lines = Files.readAllLines(source);
            assertTrue(lines.size() <= 300, source + " has " + lines.size() + " lines");
            assertTrue(
                    lines.stream().noneMatch(line -> line.matches(".*\\b(TODO|FIXME|XXX)\\b.*|.*@author [A-Z].*")),
                    source + " has something unfinished");
        }
    }
}
