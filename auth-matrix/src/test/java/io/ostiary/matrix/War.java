package io.ostiary.matrix;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** What a build would make of an application: its files, its classes, and the kit with what it needs in WEB-INF/lib. */
final class War {
    /** The kit and what it needs, and nothing of what else these tests have on their class path. */
    private static final Pattern KIT = Pattern.compile(
            "auth-(core|servlet|rbac|apikey)|(bucket4j|caffeine|jackson|nimbus|scribejava)[^/]*[.]jar$");

    private War() {}

    static void write(Path application, Path war) throws Exception {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(war))) {
            add(zip, application, "");
            URI classes = War.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI();
            add(zip, Path.of(classes).resolve("io/ostiary/matrix"), "WEB-INF/classes/io/ostiary/matrix/");
            for (Path part : libraries()) {
                String name = Files.isDirectory(part)
                        ? part.getParent().getParent().getFileName() + ".jar"
                        : part.getFileName().toString();
                zip.putNextEntry(new ZipEntry("WEB-INF/lib/" + name));
                library(part, zip);
                zip.closeEntry();
            }
        }
    }

    private static List<Path> libraries() {
        String all = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Stream.of(all.split(File.pathSeparator, -1))
                .filter(entry -> KIT.matcher(entry.replace('\\', '/')).find())
                .map(Path::of)
                .toList();
    }

    /** A module of this build may be a directory still. */
    private static void library(Path part, OutputStream out) throws IOException {
        if (Files.isRegularFile(part)) {
            Files.copy(part, out);
            return;
        }
        ZipOutputStream jar = new ZipOutputStream(out);
        add(jar, part, "");
        jar.finish();
    }

    private static void add(ZipOutputStream zip, Path directory, String prefix) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                zip.putNextEntry(new ZipEntry(
                        prefix + directory.relativize(file).toString().replace('\\', '/')));
                Files.copy(file, zip);
                zip.closeEntry();
            }
        }
    }
}
