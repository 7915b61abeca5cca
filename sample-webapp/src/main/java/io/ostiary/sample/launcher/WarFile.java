package io.ostiary.sample.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** Finds the application and reads its settings file. */
final class WarFile {
    static final String SETTINGS = "WEB-INF/auth.properties";

    private WarFile() {}

    static Path locate(@Nullable Path chosen) throws IOException {
        if (chosen != null) {
            if (!Files.exists(chosen)) {
                throw new IOException("sample.war names '" + chosen + "', which does not exist");
            }
            return chosen;
        }
        Path classes = classesDirectory();
        Path built = classes.resolveSibling("sample-webapp.war");
        return Files.isRegularFile(built) ? built : sources(classes);
    }

    /** Returns the text of the settings inside the application. */
    static String settings(Path war) throws IOException {
        if (Files.isDirectory(war)) {
            return Files.readString(war.resolve(SETTINGS));
        }
        try (ZipFile zip = new ZipFile(war.toFile())) {
            ZipEntry entry = zip.getEntry(SETTINGS);
            if (entry == null) {
                throw new IOException("'" + war + "' has no " + SETTINGS);
            }
            try (InputStream stream = zip.getInputStream(entry)) {
                return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            }
        }
    }

    private static Path sources(Path classes) throws IOException {
        Path webapp = classes.resolve("../../src/main/webapp").normalize();
        if (Files.isDirectory(webapp)) {
            return webapp;
        }
        throw new IOException("the sample's WAR is not there; build it first, or name it with -Dsample.war=FILE");
    }

    private static Path classesDirectory() throws IOException {
        CodeSource source = WarFile.class.getProtectionDomain().getCodeSource();
        try {
            return Path.of(source.getLocation().toURI()).toAbsolutePath();
        } catch (URISyntaxException e) {
            throw new IOException("the launcher cannot tell where it was loaded from", e);
        }
    }
}
