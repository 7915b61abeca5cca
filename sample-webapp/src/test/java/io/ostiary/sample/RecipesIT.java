package io.ostiary.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ostiary.sample.launcher.RunningSample;
import io.ostiary.sample.launcher.SampleLauncher;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.logging.Filter;
import java.util.logging.Handler;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs each recipe of docs/service-to-service.md as it stands there against the sample: it succeeds, and fails if one
 * byte of its request is changed on the way.
 */
final class RecipesIT {
    private static final Path DOC = Path.of("..", "docs", "service-to-service.md");
    private static final List<String> PARTS = List.of("method", "path", "query", "content-type", "body");
    /** No good signature, or no request at all. */
    private static final Set<Integer> REFUSED = Set.of(401, 400);
    /** Also for another path than one that begins with /api/v1, where nothing is guarded and nothing is. */
    private static final Set<Integer> NOTHING_THERE = Set.of(401, 400, 404, 405);

    private static final String ORDERED = "{\"amount\":12,\"by\":\"sample\",\"scheme\":\"signature\"}";

    @TempDir
    private static Path directory;

    private static RunningSample sample;
    private static TamperingProxy proxy;

    /** Without limits: else the hundreds of wrong requests would be refused for being many. */
    @BeforeAll
    static void start() throws Exception {
        onTheConsole(
                record -> !String.valueOf(record.getLoggerName()).matches("io\\.ostiary\\.audit|org\\.eclipse\\..*"));
        sample = SampleLauncher.start(SampleSettings.with(directory, "secret=" + "m".repeat(32), "limits.mode=off"));
        proxy = new TamperingProxy(sample.baseUrl());
    }

    @AfterAll
    static void stop() throws Exception {
        proxy.close();
        sample.close();
        onTheConsole(null);
    }

    /** Each of them is a line in the log as well. */
    private static void onTheConsole(@Nullable Filter shown) {
        for (Handler console : Logger.getLogger("").getHandlers()) {
            console.setFilter(shown);
        }
    }

    private record Recipe(String name, String fileName, List<String> command) {
        static Recipe of(String name, String fileName, String... command) {
            return new Recipe(name, fileName, List.of(command));
        }
    }

    private record Ran(int code, String output) {}

    private static Map<String, String> environment() {
        Map<String, String> variables = Stream.of(
                        Objects.requireNonNull(sample.demoEnvironment()).split(" "))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
        variables.put("BASE", proxy.url());
        return variables;
    }

    private static Ran run(Recipe recipe, UnaryOperator<byte[]> change) throws Exception {
        proxy.change(change);
        Path script = directory.resolve(recipe.fileName);
        Files.writeString(script, block(recipe.name));
        ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(recipe.command)).redirectErrorStream(true);
        builder.command().add(script.toString());
        builder.environment().putAll(environment());
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), recipe.name);
        return new Ran(process.exitValue(), output.strip());
    }

    private static String block(String recipe) throws IOException {
        Matcher matcher = Pattern.compile("<!-- recipe: " + recipe + " -->\n```[a-z]+\n(.*?)\n```\n", Pattern.DOTALL)
                .matcher(Files.readString(DOC));
        assertTrue(matcher.find(), recipe);
        return matcher.group(1) + "\n";
    }

    private static void requireProgram(String... command) {
        boolean there;
        try {
            there = new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException | InterruptedException e) {
            there = false;
        }
        assumeTrue(there, "skipped: this machine cannot run " + String.join(" ", command));
    }

    private static void assertHoldsAsItStandsAndNotOtherwise(Recipe recipe) throws Exception {
        assertEquals(new Ran(0, ORDERED), run(recipe, UnaryOperator.identity()));
        for (String part : PARTS) {
            Ran wrong = run(recipe, bytes -> new RawRequest(bytes).flipped(new RawRequest(bytes).in(part)));
            assertNotEquals(0, wrong.code, recipe.name + " with another " + part + ": " + wrong.output);
            assertEquals(401, proxy.status(), recipe.name + " with another " + part);
        }
        assertEveryByteCounts(recipe);
    }

    /** One request of the recipe is held back; changed in any byte it is refused, and as it was it is good for once. */
    private static void assertEveryByteCounts(Recipe recipe) throws Exception {
        assertNotEquals(0, run(recipe, bytes -> new byte[0]).code);
        RawRequest held = new RawRequest(proxy.seen());
        List<Integer> positions = held.everySignedByte();
        assertTrue(positions.size() > 400, recipe.name + ": " + positions.size());
        for (int at : positions) {
            int status = TamperingProxy.status(proxy.exchange(held.flipped(at)));
            String changed = new String(held.flipped(at), StandardCharsets.ISO_8859_1);
            boolean elsewhere = at >= held.in("method") + 2 && at < held.in("method") + 2 + "/api/v1/".length();
            Set<Integer> expected = elsewhere ? NOTHING_THERE : REFUSED;
            assertTrue(expected.contains(status), recipe.name + " byte " + at + ": " + status + "\n" + changed);
        }
        assertEquals(200, TamperingProxy.status(proxy.exchange(held.bytes())), recipe.name);
        assertEquals(401, TamperingProxy.status(proxy.exchange(held.bytes())), recipe.name + " a second time");
    }

    @Test
    void curlWithAKey() throws Exception {
        requireProgram("curl", "--version");
        Recipe recipe = Recipe.of("curl-key", "recipe.sh", "bash");
        Ran right = run(recipe, UnaryOperator.identity());
        assertEquals(0, right.code, right.output);
        assertTrue(right.output.startsWith("{\"orders\":["), right.output);
        Ran wrong = run(recipe, bytes -> new RawRequest(bytes).flipped(new RawRequest(bytes).in("x-api-key")));
        assertNotEquals(0, wrong.code, wrong.output);
        assertEquals(401, proxy.status());
    }

    @Test
    void curlAndOpensslWithEd25519() throws Exception {
        requireProgram("curl", "--version");
        requireProgram("openssl", "version");
        assertHoldsAsItStandsAndNotOtherwise(Recipe.of("curl-ed25519", "recipe.sh", "bash"));
    }

    @Test
    void pythonWithHmac() throws Exception {
        requireProgram("python3", "--version");
        assertHoldsAsItStandsAndNotOtherwise(Recipe.of("python-hmac", "recipe.py", "python3"));
    }

    @Test
    void nodeWithHmac() throws Exception {
        requireProgram("node", "--version");
        assertHoldsAsItStandsAndNotOtherwise(Recipe.of("node-hmac", "recipe.js", "node"));
    }

    @Test
    void javaWithKeyAndSignature() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        Path source = directory.resolve("Recipe.java");
        Files.writeString(source, block("java-both"));
        int compiled = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-d", directory.toString(), "-cp", classes, source.toString());
        assertEquals(0, compiled);
        String withRecipe = directory + File.pathSeparator + classes;
        assertHoldsAsItStandsAndNotOtherwise(
                Recipe.of("java-both", "Recipe.java", java, "-XX:TieredStopAtLevel=1", "-cp", withRecipe, "Recipe"));
    }
}
