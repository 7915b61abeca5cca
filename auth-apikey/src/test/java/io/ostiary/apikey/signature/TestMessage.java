package io.ostiary.apikey.signature;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A message as a standard writes it down. */
final class TestMessage implements Message {
    private final String method;
    private final String path;
    private final @Nullable String query;
    private final int status;
    private final Map<String, List<String>> fields = new TreeMap<>();

    private TestMessage(String method, String path, @Nullable String query, int status) {
        this.method = method;
        this.path = path;
        this.query = query;
        this.status = status;
    }

    static TestMessage request(String method, String target, String... lines) {
        int question = target.indexOf('?');
        String query = question < 0 ? null : target.substring(question + 1);
        return new TestMessage(method, question < 0 ? target : target.substring(0, question), query, 0).add(lines);
    }

    static TestMessage response(int status, String... lines) {
        return new TestMessage("", "", null, status).add(lines);
    }

    private TestMessage add(String... lines) {
        for (String line : lines) {
            int colon = line.indexOf(':');
            fields.computeIfAbsent(line.substring(0, colon).toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                    .add(line.substring(colon + 1));
        }
        return this;
    }

    @Override
    public String method() {
        return method;
    }

    @Override
    public String scheme() {
        return "https";
    }

    @Override
    public String authority() {
        return headers("host").get(0).strip();
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public @Nullable String query() {
        return query;
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public List<String> headers(String lowerCaseName) {
        return fields.getOrDefault(lowerCaseName, List.of());
    }
}
