package io.ostiary.apikey;

import io.ostiary.apikey.ApiKeyRecord.Grant;
import io.ostiary.apikey.ApiKeyRecord.Previous;
import io.ostiary.apikey.ApiKeyRecord.Proof;
import io.ostiary.apikey.ApiKeyRecord.Signing;
import io.ostiary.core.Secret;
import io.ostiary.core.config.ConfigurationException;
import io.ostiary.core.config.Settings;
import io.ostiary.core.proxy.Network;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The text of a key file: a properties file with some lines {@code key.<id>.<field>=...} for each record. */
final class RecordText {
    private static final String ROOT = "key";
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
    private static final String HASH_ALLOWED = "64 lower-case hexadecimal digits, the SHA-256 of the key's secret part";
    private static final String TIME_ALLOWED = "a time in UTC such as 2026-01-31T00:00:00Z";
    private static final String ALGORITHMS = "hmac-sha256|ed25519|ecdsa-p256-sha256";

    private RecordText() {}

    /**
     * Parses strictly; a mistake is a ConfigurationException with file and line.
     *
     * @return records by id, in order of appearance
     */
    static Map<String, ApiKeyRecord> parse(String name, String text) {
        Settings settings =
                Settings.builder(variable -> null).properties(name, text).build();
        Map<String, ApiKeyRecord> records = new LinkedHashMap<>();
        Settings keys = settings.section(ROOT);
        for (String id : settings.names(ROOT)) {
            records.put(id, record(id, keys.section(id)));
        }
        settings.refuseUnknown();
        return records;
    }

    /**
     * Parses what may have changed and takes the rest over: a record whose lines are exactly those that would be written
     * for it need not be read again, so that one change among many costs little.
     *
     * @param known records of an earlier parse
     * @return the same as {@link #parse(String, String)}
     */
    static Map<String, ApiKeyRecord> parse(String name, String text, Map<String, ApiKeyRecord> known) {
        if (text.indexOf('\\') >= 0) { // a line may run on: no splitting by lines
            return parse(name, text);
        }
        StringBuilder rest = new StringBuilder();
        Map<String, ApiKeyRecord> records = unchanged(text, known, rest);
        try {
            Map<String, ApiKeyRecord> changed = parse(name, rest.toString());
            if (Collections.disjoint(records.keySet(), changed.keySet())) {
                records.putAll(changed);
                return records;
            }
        } catch (ConfigurationException mistake) {
            return parse(name, text); // says the same with the right line number
        }
        return parse(name, text);
    }

    /** Collects the lines of all other records, and those that belong to none, in {@code rest}. */
    private static Map<String, ApiKeyRecord> unchanged(
            String text, Map<String, ApiKeyRecord> known, StringBuilder rest) {
        Map<String, StringBuilder> blocks = new LinkedHashMap<>();
        text.lines().forEach(line -> block(line, blocks, rest).append(line).append('\n'));
        Map<String, ApiKeyRecord> records = new LinkedHashMap<>();
        blocks.forEach((id, block) -> {
            ApiKeyRecord record = known.get(id);
            if (record != null && write(record).contentEquals(block)) {
                records.put(id, record);
            } else {
                rest.append(block);
            }
        });
        return records;
    }

    private static StringBuilder block(String line, Map<String, StringBuilder> blocks, StringBuilder rest) {
        int start = ROOT.length() + 1;
        int end = start + KeyText.ID_CHARS;
        boolean simple = line.length() > end && line.startsWith(ROOT + '.') && line.charAt(end) == '.';
        String id = simple ? line.substring(start, end) : "";
        return KeyText.isId(id) ? blocks.computeIfAbsent(id, unused -> new StringBuilder()) : rest;
    }

    static String write(ApiKeyRecord record) {
        StringBuilder text = new StringBuilder();
        Line line = (field, value) -> {
            if (value != null) {
                text.append(ROOT + '.').append(record.id()).append('.').append(field);
                text.append('=').append(value).append('\n');
            }
        };
        Grant grant = record.grant();
        line.add("env", record.env());
        writeProof(line, "", record.proof());
        line.add("owner", record.owner());
        line.add("name", record.name());
        line.add("roles", joined(grant.roles()));
        line.add("scopes", joined(grant.scopes()));
        line.add("networks", joined(grant.networks()));
        line.add("per-minute", grant.perMinute() == 0 ? null : Integer.toString(grant.perMinute()));
        line.add("personal", grant.personal() ? "true" : null);
        line.add("vouched", joined(grant.vouched()));
        line.add("created", record.created());
        line.add("expires", record.expires());
        line.add("revoked", record.revoked());
        Previous previous = record.previous();
        if (previous != null) {
            writeProof(line, "previous-", previous.proof());
            line.add("previous-until", previous.until());
        }
        return text.toString();
    }

    /** Replaces or adds the lines of one record and leaves all others, comments included, as they are. */
    static String put(String text, ApiKeyRecord record) {
        StringBuilder result = new StringBuilder(text.length() + 512);
        String start = ROOT + '.' + record.id() + '.';
        text.lines()
                .filter(line -> !line.stripLeading().startsWith(start))
                .forEach(line -> result.append(line).append('\n'));
        return result.append(write(record)).toString();
    }

    private interface Line {
        void add(String field, @Nullable Object value);
    }

    private static void writeProof(Line line, String prefix, Proof proof) {
        line.add(prefix + "hash", HexFormat.of().formatHex(proof.hash().revealBytes()));
        Signing signing = proof.signing();
        if (signing != null) {
            line.add(prefix + "signing", signing.algorithm());
            line.add(prefix + "signing-key", signing.key());
        }
    }

    private static @Nullable String joined(Set<String> words) {
        return words.isEmpty() ? null : String.join(",", new TreeSet<>(words));
    }

    private static ApiKeyRecord record(String id, Settings fields) {
        if (!KeyText.isId(id)) {
            throw fields.problem("hash", "is of the key '" + id + "'; an id has 16 letters and digits");
        }
        String owner = label(fields, "owner", fields.requiredText("owner", Names.LABEL_ALLOWED));
        return new ApiKeyRecord(
                id,
                checked(fields, "env", fields.text("env", "live"), KeyText::isEnv, "2 to 8 lower-case letters"),
                proof(fields, ""),
                previous(fields),
                owner,
                label(fields, "name", owner),
                grant(fields),
                requiredTime(fields, "created"),
                time(fields, "expires"),
                time(fields, "revoked"));
    }

    private static String label(Settings fields, String field, String fallback) {
        return checked(fields, field, fields.text(field, fallback), Names::isLabel, Names.LABEL_ALLOWED);
    }

    /** With patterns that are compiled once: a file may hold a hundred thousand records. */
    private static String checked(
            Settings fields, String field, String value, Predicate<String> allows, String allowed) {
        if (!allows.test(value)) {
            throw fields.problem(field, "is '" + value + "'; allowed: " + allowed);
        }
        return value;
    }

    private static Grant grant(Settings fields) {
        Set<String> networks = fields.set("networks", Set.of());
        if (networks.stream().anyMatch(network -> Network.parse(network) == null)) {
            throw fields.problem("networks", "is '" + String.join(",", networks) + "'; allowed: " + Network.ALLOWED);
        }
        return new Grant(
                words(fields, "roles"),
                words(fields, "scopes"),
                networks,
                fields.number("per-minute", 0, 0, 1_000_000),
                fields.flag("personal", false),
                words(fields, "vouched"));
    }

    private static Set<String> words(Settings fields, String field) {
        Set<String> words = fields.set(field, Set.of());
        if (!Names.areWords(words)) {
            throw fields.problem(field, "is '" + String.join(",", words) + "'; allowed: " + Names.WORDS_ALLOWED);
        }
        return words;
    }

    private static Proof proof(Settings fields, String prefix) {
        return new Proof(hash(fields, prefix + "hash"), signing(fields, prefix));
    }

    private static @Nullable Previous previous(Settings fields) {
        if (!fields.has("previous-hash") && !fields.has("previous-until")) {
            return null;
        }
        Instant until = requiredTime(fields, "previous-until");
        return new Previous(proof(fields, "previous-"), until);
    }

    /** The value is never shown: by mistake it may be the key itself. */
    private static Secret hash(Settings fields, String field) {
        String hex = fields.requiredText(field, HASH_ALLOWED);
        if (!HASH.matcher(hex).matches()) {
            throw fields.problem(field, "(hidden) is not allowed; allowed: " + HASH_ALLOWED);
        }
        return Secret.of(HexFormat.of().parseHex(hex));
    }

    private static @Nullable Signing signing(Settings fields, String prefix) {
        String algorithm = fields.optionalText(prefix + "signing");
        if (algorithm == null) {
            return null;
        }
        String allowed = "one of " + ALGORITHMS.replace("|", ", ");
        fields.matching(prefix + "signing", ALGORITHMS, allowed, "");
        try {
            return new Signing(
                    algorithm, fields.requiredText(prefix + "signing-key", "32 to 400 characters of base64"));
        } catch (IllegalArgumentException malformed) {
            throw fields.problem(
                    prefix + "signing-key", "(hidden) is not allowed; allowed: 32 to 400 characters of base64");
        }
    }

    private static @Nullable Instant time(Settings fields, String field) {
        return fields.optionalText(field) == null ? null : requiredTime(fields, field);
    }

    private static Instant requiredTime(Settings fields, String field) {
        String text = fields.requiredText(field, TIME_ALLOWED);
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException malformed) {
            throw fields.problem(field, "is '" + text + "'; allowed: " + TIME_ALLOWED);
        }
    }
}
