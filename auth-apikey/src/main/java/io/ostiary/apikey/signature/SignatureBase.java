package io.ostiary.apikey.signature;

import io.ostiary.apikey.signature.StructuredField.InnerList;
import io.ostiary.apikey.signature.StructuredField.Item;
import io.ostiary.core.UrlEncoded;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The text that is signed (RFC 9421 section 2.5). */
final class SignatureBase {
    private SignatureBase() {}

    /** Returns null if a covered component is not in the message, comes twice, or is of a kind not supported here. */
    static byte @Nullable [] of(Message message, InnerList input) {
        StringBuilder base = new StringBuilder(512);
        Set<String> seen = new HashSet<>();
        for (Item component : input.items()) {
            String identifier = component.serialize();
            String value = value(message, component);
            if (value == null || !isPlain(value) || !seen.add(identifier)) {
                return null;
            }
            base.append(identifier).append(": ").append(value).append('\n');
        }
        base.append("\"@signature-params\": ").append(input.serialize());
        return base.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static @Nullable String value(Message message, Item component) {
        if (!(component.value() instanceof String name)) {
            return null;
        }
        Map<String, Object> parameters = component.parameters();
        if (name.equals("@query-param")) {
            return parameters.size() == 1 && parameters.get("name") instanceof String parameter
                    ? queryParameter(message, parameter)
                    : null;
        }
        if (!parameters.isEmpty()) { // sf, key, bs, req, tr
            return null;
        }
        return name.startsWith("@") ? derived(message, name) : field(message, name);
    }

    /** RFC 9421 section 2.2. */
    private static @Nullable String derived(Message message, String name) {
        if (message.status() != 0) {
            return name.equals("@status") ? Integer.toString(message.status()) : null;
        }
        String query = message.query();
        return switch (name) {
            case "@method" -> message.method();
            case "@scheme" -> message.scheme();
            case "@authority" -> authority(message);
            case "@path" -> path(message);
            case "@query" -> '?' + (query == null ? "" : query);
            case "@request-target" -> path(message) + (query == null ? "" : '?' + query);
            case "@target-uri" ->
                message.scheme() + "://" + authority(message) + path(message) + (query == null ? "" : '?' + query);
            default -> null;
        };
    }

    private static String path(Message message) {
        return message.path().isEmpty() ? "/" : message.path();
    }

    /** Section 2.2.3: lower case, without the port that the scheme implies. */
    private static String authority(Message message) {
        String authority = message.authority().toLowerCase(Locale.ROOT);
        String port = message.scheme().equals("https") ? ":443" : ":80";
        return authority.endsWith(port) ? authority.substring(0, authority.length() - port.length()) : authority;
    }

    /** Section 2.2.8: a parameter that comes twice cannot be covered. */
    private static @Nullable String queryParameter(Message message, String encodedName) {
        List<String> names = UrlEncoded.values("n=" + encodedName, "n");
        List<String> values = names.isEmpty() ? List.of() : UrlEncoded.values(message.query(), names.get(0));
        return values.size() == 1 ? UrlEncoded.encode(values.get(0)).replace("+", "%20") : null;
    }

    /** Section 2.1. */
    private static @Nullable String field(Message message, String name) {
        if (!name.equals(name.toLowerCase(Locale.ROOT))) {
            return null;
        }
        List<String> lines = message.headers(name);
        return lines.isEmpty()
                ? null
                : String.join(", ", lines.stream().map(String::strip).toList());
    }

    /** Nothing that could begin a line of its own (section 7.5.4), nothing that ASCII would change. */
    private static boolean isPlain(String value) {
        return value.chars().allMatch(c -> c >= 0x20 && c < 0x7f || c == '\t');
    }
}
