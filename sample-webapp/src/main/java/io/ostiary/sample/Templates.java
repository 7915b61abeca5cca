package io.ostiary.sample;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import jakarta.servlet.ServletContext;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The pages under {@code WEB-INF/templates}, compiled once. Every value is escaped; a missing one is an error. */
final class Templates {
    private final Map<String, Template> compiled;

    private Templates(Map<String, Template> compiled) {
        this.compiled = Map.copyOf(compiled);
    }

    static Templates load(ServletContext context, List<String> names) throws IOException {
        Mustache.Compiler compiler = Mustache.compiler().escapeHTML(true).withLoader(name -> open(context, name));
        Map<String, Template> compiled = new HashMap<>();
        for (String name : names) {
            try (Reader source = open(context, name)) {
                compiled.put(name, compiler.compile(source));
            }
        }
        return new Templates(compiled);
    }

    String render(String name, Map<String, Object> model) {
        Template template = compiled.get(name);
        if (template == null) {
            throw new IllegalArgumentException("no template is called '" + name + "'");
        }
        return template.execute(model);
    }

    private static Reader open(ServletContext context, String name) throws IOException {
        String path = "/WEB-INF/templates/" + name + ".mustache";
        InputStream stream = context.getResourceAsStream(path);
        if (stream == null) {
            throw new FileNotFoundException(path);
        }
        return new InputStreamReader(stream, StandardCharsets.UTF_8);
    }
}
