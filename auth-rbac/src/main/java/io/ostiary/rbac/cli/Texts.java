package io.ostiary.rbac.cli;

import io.ostiary.core.config.ConfigurationException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** The files that a command names: on their own, or inside the application. */
final class Texts {
    private static final String INSIDE = "/WEB-INF/";

    private Texts() {}

    /** Throws ConfigurationException if there is no such text. */
    static String of(@Nullable Path war, String name) {
        try {
            byte[] bytes = war == null || !name.startsWith(INSIDE)
                    ? Files.readAllBytes(Path.of(name))
                    : inside(war, name.substring(1));
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (IOException | InvalidPathException unreadable) {
            throw new ConfigurationException("'" + name + "'" + (war == null ? "" : " of '" + war + "'")
                    + " cannot be read as UTF-8 text ("
                    + unreadable.getClass().getSimpleName() + ")");
        }
    }

    private static byte[] inside(Path war, String name) throws IOException {
        if (Files.isDirectory(war)) {
            return Files.readAllBytes(war.resolve(name));
        }
        try (ZipFile zip = new ZipFile(war.toFile())) {
            ZipEntry entry = zip.getEntry(name);
            if (entry == null) {
                throw new NoSuchFileException(name);
            }
            try (InputStream in = zip.getInputStream(entry)) {
                return in.readAllBytes();
            }
        }
    }
}
