package io.ostiary.apikey;

import io.ostiary.apikey.SelfService.Wish;
import io.ostiary.core.AuthRequest;
import io.ostiary.core.ReturnTo;
import io.ostiary.core.UrlEncoded;
import io.ostiary.core.json.Json;
import io.ostiary.core.json.JsonException;
import io.ostiary.core.json.JsonObject;
import io.ostiary.core.proxy.Network;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What was sent to a page of keys: a JSON object or a form, told apart by its content type and nothing else. Reading a
 * field that is wrong notes why and answers something harmless; whoever reads asks {@link #refusal} before doing anything.
 * Not thread-safe.
 */
final class KeyInput {
    private static final int MAX_BODY = 16 * 1024;
    private static final int MAX_NAME = 64;
    private static final int MAX_WORDS = 50;
    private static final Set<String> LISTS = Set.of("roles", "scopes", "networks");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,6}");
    private static final Pattern BETWEEN = Pattern.compile("[,\\s]+");
    private final Map<String, List<String>> values = new HashMap<>();
    private final boolean form;
    private final @Nullable ReturnTo next;
    private @Nullable Refusal refusal;

    private KeyInput(boolean form, @Nullable ReturnTo next, @Nullable Refusal refusal) {
        this.form = form;
        this.next = next;
        this.refusal = refusal;
    }

    /** Reads these fields; a JSON object may have no other, a form may, which is sent with what a page needs besides. */
    static KeyInput read(AuthRequest request, Set<String> fields) {
        String type = request.header("Content-Type");
        String kind = type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        boolean form = kind.equals("application/x-www-form-urlencoded");
        if (!form && !kind.equals("application/json")
                || request.headers("Content-Type").size() > 1) {
            String allowed = "Send application/json or application/x-www-form-urlencoded.";
            return new KeyInput(
                    false, null, new Refusal(415, "unsupported-media-type", "Unsupported Media Type", "", allowed));
        }
        try {
            byte[] body = request.body(MAX_BODY);
            return form ? form(new String(body, StandardCharsets.ISO_8859_1), fields) : json(body, fields);
        } catch (AuthRequest.BodyTooLargeException tooLarge) {
            return new KeyInput(
                    form, null, new Refusal(413, "too-large", "Content Too Large", "", "At most 16 KiB may be sent."));
        } catch (IOException gone) {
            return new KeyInput(form, null, Refusal.field("body", "It did not come whole."));
        }
    }

    private static KeyInput form(String body, Set<String> fields) {
        // A value that cannot be decoded would count as absent, and a key without its networks holds from anywhere.
        if (body.chars().anyMatch(c -> c > '~') || UrlEncoded.decodedPath(body) == null) {
            return new KeyInput(true, null, Refusal.field("body", "It is not a well-formed form in UTF-8."));
        }
        List<String> nexts = UrlEncoded.values(body, "next");
        KeyInput input = new KeyInput(true, nexts.size() == 1 ? ReturnTo.parse(nexts.get(0)) : null, null);
        for (String field : fields) {
            List<String> sent = UrlEncoded.values(body, field);
            input.values.put(
                    field,
                    LISTS.contains(field)
                            ? sent.stream().flatMap(BETWEEN::splitAsStream).toList()
                            : sent.stream().map(String::strip).toList());
        }
        input.values.values().removeIf(sent -> sent.stream().allMatch(String::isEmpty));
        return input;
    }

    private static KeyInput json(byte[] body, Set<String> fields) {
        KeyInput input = new KeyInput(false, null, null);
        JsonObject object;
        try {
            object = Json.object(body, MAX_BODY);
        } catch (JsonException malformed) {
            input.refuse("body", "It is not a JSON object.");
            return input;
        }
        for (String name : object.names()) {
            List<String> sent = fields.contains(name) ? sent(object, name) : null;
            if (sent == null) {
                boolean known = fields.contains(name);
                input.refuse(
                        known ? name : "body", known ? "It is of another type." : "It has a field of another name.");
            } else {
                input.values.put(name, sent);
            }
        }
        return input;
    }

    private static @Nullable List<String> sent(JsonObject object, String name) {
        if (LISTS.contains(name)) {
            return object.texts(name);
        }
        if (name.equals("days") || name.equals("overlap_hours")) {
            Long whole = object.whole(name);
            return whole == null ? null : List.of(whole.toString());
        }
        String text = object.text(name);
        return text == null ? null : List.of(text);
    }

    /** Whether a page of HTML sent it, and gets one. */
    boolean form() {
        return form;
    }

    /** Where the page wants to go on; null for nowhere in particular. */
    @Nullable
    ReturnTo next() {
        return next;
    }

    /** Why it cannot be done; null if nothing that was read until now is wrong. */
    @Nullable
    Refusal refusal() {
        return refusal;
    }

    Wish wish(int maxDays) {
        return new Wish(
                name(), words("roles"), words("scopes"), networks(), number("days", 1, maxDays, Math.min(90, maxDays)));
    }

    String id() {
        String id = one("id");
        if (!KeyText.isId(id)) {
            refuse("id", "It is the public id of a key: 16 letters and digits.");
        }
        return id;
    }

    String name() {
        String name = one("name");
        if (name.length() > MAX_NAME || !Names.isLabel(name)) {
            refuse(
                    "name",
                    "Allowed are 1 to " + MAX_NAME + " letters, digits, blanks and ._@:/|+-, no blank at either end.");
        }
        return name;
    }

    int number(String field, int min, int max, int fallback) {
        if (!values.containsKey(field)) {
            return fallback;
        }
        String text = one(field);
        int number = NUMBER.matcher(text).matches() ? Integer.parseInt(text) : -1;
        if (number < min || number > max) {
            refuse(field, "Allowed is a whole number from " + min + " to " + max + ".");
            return fallback;
        }
        return number;
    }

    private Set<String> words(String field) {
        Set<String> words = set(field);
        if (!Names.areWords(words) || words.size() > MAX_WORDS) {
            refuse(field, "At most " + MAX_WORDS + " words of " + Names.WORD_ALLOWED + " are allowed.");
            return Set.of();
        }
        return words;
    }

    private Set<String> networks() {
        Set<String> networks = set("networks");
        if (networks.size() > MAX_WORDS || networks.stream().anyMatch(text -> Network.parse(text) == null)) {
            refuse(
                    "networks",
                    "Allowed are at most " + MAX_WORDS + " " + Network.ALLOWED + ", without bits beyond the prefix.");
            return Set.of();
        }
        return networks;
    }

    private Set<String> set(String field) {
        return values.getOrDefault(field, List.of()).stream()
                .filter(word -> !form || !word.isEmpty())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private String one(String field) {
        List<String> sent = values.getOrDefault(field, List.of());
        return sent.size() == 1 ? sent.get(0) : "";
    }

    private void refuse(String field, String detail) {
        if (refusal == null) {
            refusal = Refusal.field(field, detail);
        }
    }
}
