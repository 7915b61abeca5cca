package io.ostiary.servlet;

import io.ostiary.core.config.ConfigurationException;
import io.ostiary.core.config.Settings;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;

/** Reads the settings of one application. */
final class ContextSettings {
    private static final String PREFIX = "ostiary.";

    private ContextSettings() {}

    static Settings read(ServletContext context) {
        return read(context, ConfigFile.of(context, ConfigFile.Outside.real()));
    }

    static Settings read(ServletContext context, ConfigFile file) {
        Settings.Builder builder = Settings.builder();
        String text = new ContextFiles(context).text(file.name());
        if (text != null) {
            builder.properties(file.name(), text);
        } else if (file.namedBy() != null) {
            throw new ConfigurationException(file.namedBy() + " is '" + file.name()
                    + "'; allowed: an existing file, as an absolute path or below /WEB-INF/");
        }
        Map<String, String> params = contextParams(context);
        if (text == null && params.isEmpty()) {
            throw new ConfigurationException(
                    ConfigFile.USUAL + " does not exist; create it, name another file with context-param '"
                            + ConfigFile.KEY + "', or set context-params that begin with '" + PREFIX + "'");
        }
        return builder.map("web.xml", "context-param", PREFIX, params).build();
    }

    private static Map<String, String> contextParams(ServletContext context) {
        TreeSet<String> names = new TreeSet<>();
        context.getInitParameterNames().asIterator().forEachRemaining(names::add);
        Map<String, String> params = new LinkedHashMap<>();
        for (String name : names) {
            if (name.startsWith(PREFIX) && !name.equals(ConfigFile.KEY)) {
                params.put(name.substring(PREFIX.length()), context.getInitParameter(name));
            }
        }
        return params;
    }

    static String decode(byte[] bytes, String name) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new ConfigurationException(name + ": not UTF-8 text");
        }
    }

    static byte[] readAll(InputStream in, String name) {
        try (in) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new ConfigurationException(
                    name + ": cannot be read (" + e.getClass().getSimpleName() + ")");
        }
    }
}
