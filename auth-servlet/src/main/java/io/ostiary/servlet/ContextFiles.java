package io.ostiary.servlet;

import io.ostiary.core.config.ConfigurationException;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Files that settings name: below {@code /WEB-INF/} of the application, or anywhere by absolute path. */
final class ContextFiles {
    private static final String INSIDE = "/WEB-INF/";
    private final ServletContext context;

    ContextFiles(ServletContext context) {
        this.context = context;
    }

    /** Returns the content, or null if there is no such file. */
    @Nullable
    String text(String name) {
        if (name.startsWith(INSIDE)) {
            InputStream in = context.getResourceAsStream(name);
            return in == null ? null : ContextSettings.decode(ContextSettings.readAll(in, name), name);
        }
        try {
            Path file = Path.of(name);
            return file.isAbsolute() && Files.isRegularFile(file)
                    ? ContextSettings.decode(Files.readAllBytes(file), name)
                    : null;
        } catch (InvalidPathException notAPath) {
            return null;
        } catch (IOException e) {
            throw new ConfigurationException(
                    name + ": cannot be read (" + e.getClass().getSimpleName() + ")");
        }
    }
}
