package io.ostiary.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ostiary.sample.launcher.Options;
import io.ostiary.sample.launcher.RunningSample;
import io.ostiary.sample.launcher.SampleLauncher;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Applications of others, each started with the kit and without it: nobody gets a page, and whoever has signed in gets what
 * anybody gets without the kit. Runs with the profile thirdparty only; leaves {@code target/thirdparty/crawl-*.txt}.
 */
final class CrawlThirdParty {
    private static final String HAWTIO_LOGIN = "hawtio.authenticationEnabled";

    @TempDir
    private static Path directory;

    private static RunningSample lender;
    private static Pair tomcat;

    /** The same applications twice. */
    private record Pair(ForeignServer guarded, ForeignServer plain, String withKit, String without) {
        static Pair start(ForeignServer guarded, ForeignServer plain, Path home, ForeignWar... wars) throws Exception {
            Path with = Files.createDirectories(home.resolve("with"));
            Path without = Files.createDirectories(home.resolve("without"));
            for (ForeignWar war : wars) {
                Map<String, String> parameters = new HashMap<>(war.own(with));
                parameters.putAll(war.kit(with, Objects.requireNonNull(lender.providerUrl())));
                guarded.deploy(war, parameters);
                plain.deploy(war, war.own(without));
            }
            return new Pair(guarded, plain, guarded.start(), plain.start());
        }

        Crawl.Result crawl(ForeignWar war) throws Exception {
            Set<String> known = new TreeSet<>(Targets.files(war));
            known.addAll(Targets.matching(war, plain.patterns(war)));
            known.addAll(war.more());
            Visitor vic = new Visitor(withKit);
            vic.logIn("vic", war.path() + "/", war.endpoints());
            assertSignedIn(vic, war);
            Crawl.Result result = new Crawl(war, withKit, without, vic.cookies()).over(known);
            assertSignedIn(vic, war); // still
            return result;
        }

        private static void assertSignedIn(Visitor vic, ForeignWar war) throws Exception {
            String session = vic.get(war.endpoints() + "/session").body();
            assertTrue(session.contains("\"authenticated\":true"), session);
        }

        void end() throws Exception {
            guarded.end();
            plain.end();
        }
    }

    @BeforeAll
    static void start() throws Exception {
        System.setProperty(HAWTIO_LOGIN, "false");
        lender = SampleLauncher.start(Options.onFreePorts());
        tomcat = Pair.start(
                new ForeignTomcat(directory.resolve("guarded")),
                new ForeignTomcat(directory.resolve("plain")),
                directory.resolve("tomcat"),
                ForeignWar.values());
    }

    @AfterAll
    static void stop() throws Exception {
        System.clearProperty(HAWTIO_LOGIN);
        if (tomcat != null) {
            tomcat.end();
        }
        if (lender != null) {
            lender.close();
        }
    }

    @ParameterizedTest
    @EnumSource(ForeignWar.class)
    void nobodyGetsAPageAndAPersonGetsAll(ForeignWar war, TestReporter reporter) throws Exception {
        assertClosedAndWhole(war, tomcat.crawl(war), "tomcat", reporter);
    }

    @Test
    void onJettyToo(TestReporter reporter) throws Exception {
        Pair jetty = Pair.start(new ForeignJetty(), new ForeignJetty(), directory.resolve("jetty"), ForeignWar.HAWTIO);
        try {
            assertClosedAndWhole(ForeignWar.HAWTIO, jetty.crawl(ForeignWar.HAWTIO), "jetty", reporter);
        } finally {
            jetty.end();
        }
    }

    private static void assertClosedAndWhole(ForeignWar war, Crawl.Result result, String server, TestReporter reporter)
            throws Exception {
        String summary =
                "%s on %s: %d known, %d found, %d open without the kit, %d leaks, %d differences, %s, %d spared"
                        .formatted(
                                war.id(),
                                server,
                                result.known(),
                                result.found(),
                                result.open(),
                                result.leaks().size(),
                                result.differences().size(),
                                result.statuses(),
                                result.spared());
        reporter.publishEntry(summary);
        List<String> lines = new ArrayList<>(List.of(summary, "", "leaks"));
        lines.addAll(result.leaks());
        lines.addAll(List.of("", "differences: with the kit, signed in | without"));
        result.differences().forEach((target, answers) -> lines.add(target + ": " + answers));
        Files.write(Path.of("target/thirdparty/crawl-" + server + "-" + war.id() + ".txt"), lines);
        assertEquals(List.of(), result.leaks());
        Map<String, String> unexplained = new TreeMap<>(result.differences());
        unexplained.keySet().removeIf(war::explains);
        assertEquals(Map.of(), unexplained);
        assertTrue(result.open() > 50, summary);
    }
}
