package io.ostiary.sample;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** What can be asked of an application: from its files, the url-patterns of its servlets, and links of its pages. */
final class Targets {
    private static final String IN_JARS = "META-INF/resources/";
    private static final Pattern REFERENCE =
            Pattern.compile("(?i)\\s(?:href|src|action|data|longdesc|background)\\s*=\\s*[\"']([^\"']+)[\"']");
    private static final Pattern STYLE = Pattern.compile("(?i)(?:url\\(|@import\\s)\\s*[\"']?([^\"')\\s;]+)");
    private static final Pattern POSTED = Pattern.compile("(?is)<form\\b[^>]*\\bmethod\\s*=\\s*[\"']?post[^>]*>");

    private Targets() {}

    /** Every file, every directory, and what the jars of the WAR bring for the browser; {@code WEB-INF} too. */
    static Set<String> files(ForeignWar war) throws IOException, InterruptedException {
        Path file = war.file();
        if (Files.isDirectory(file)) {
            return files(war, file);
        }
        try (FileSystem zip = FileSystems.newFileSystem(file)) {
            return files(war, zip.getPath("/"));
        }
    }

    private static Set<String> files(ForeignWar war, Path root) throws IOException {
        Set<String> targets = new TreeSet<>();
        try (Stream<Path> walk = Files.walk(root)) {
            for (Path each : walk.toList()) {
                String name = root.relativize(each).toString().replaceFirst("/$", "");
                boolean directory = Files.isDirectory(each) && !name.isEmpty();
                targets.add(war.path() + "/" + encoded(name) + (directory ? "/" : ""));
                if (name.endsWith(".jar")) {
                    try (InputStream in = Files.newInputStream(each)) {
                        targets.addAll(inJar(war, in));
                    }
                }
            }
        }
        return targets;
    }

    private static List<String> inJar(ForeignWar war, InputStream in) throws IOException {
        List<String> targets = new ArrayList<>();
        ZipInputStream zip = new ZipInputStream(in);
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            if (entry.getName().startsWith(IN_JARS)) {
                targets.add(war.path() + "/" + encoded(entry.getName().substring(IN_JARS.length())));
            }
        }
        return targets;
    }

    /** At least one target for each pattern. */
    static Set<String> matching(ForeignWar war, Set<String> patterns) {
        Set<String> targets = new TreeSet<>();
        for (String pattern : patterns) {
            String start = war.path() + pattern.replaceFirst("/?\\*.*$", "");
            if (pattern.endsWith("/*")) {
                targets.addAll(
                        List.of(start.equals(war.path()) ? start + "/" : start, start + "/", start + "/some/thing"));
            } else if (pattern.startsWith("*.")) {
                targets.add(war.path() + "/some/thing" + pattern.substring(1));
            } else {
                targets.add(war.path() + (pattern.equals("/") ? "/some/thing" : pattern));
            }
        }
        targets.remove(war.path());
        return targets;
    }

    /** All that a page or a style sheet leads to in the same application by GET. */
    static Set<String> in(ForeignWar war, String page, Probe.Answer answer) {
        List<String> found = new ArrayList<>(List.of(answer.location()));
        if (answer.is("text/html")) {
            String html = POSTED.matcher(answer.body()).replaceAll("");
            found.addAll(REFERENCE.matcher(html).results().map(Targets::first).toList());
        }
        if (answer.is("text/html") || answer.is("text/css")) {
            found.addAll(
                    STYLE.matcher(answer.body()).results().map(Targets::first).toList());
        }
        Set<String> targets = new TreeSet<>();
        for (String reference : found) {
            absolute(page, reference)
                    .filter(target -> target.startsWith(war.path() + "/"))
                    .ifPresent(targets::add);
        }
        return targets;
    }

    private static String first(MatchResult match) {
        return match.group(1);
    }

    private static Optional<String> absolute(String page, String reference) {
        String text = reference.strip().replace("&amp;", "&").replaceFirst("#.*", "");
        if (text.isEmpty() || text.toLowerCase(Locale.ROOT).matches("(?s)[a-z][a-z0-9+.-]*:.*|.*[<>{}].*")) {
            return Optional.empty();
        }
        String path = page.replaceFirst("[?].*", "");
        try {
            URI target = text.startsWith("?")
                    ? URI.create("http://here" + path + encoded(text))
                    : URI.create("http://here" + path).resolve(encoded(text)).normalize();
            if (!"here".equals(target.getHost())) {
                return Optional.empty();
            }
            return Optional.of(target.getRawPath() + (target.getRawQuery() == null ? "" : "?" + target.getRawQuery()));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // a script that builds addresses out of pieces
        }
    }

    /** What may not stand in a target is written as browsers do; what is encoded already stays. */
    private static String encoded(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = each > ' ' && each < 0x7f && "\"<>\\^`{|}[]".indexOf(each) < 0;
            encoded.append(plain ? String.valueOf((char) each) : "%%%02X".formatted(each));
        }
        return encoded.toString();
    }
}
