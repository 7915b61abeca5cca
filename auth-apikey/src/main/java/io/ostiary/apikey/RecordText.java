package io.ostiary.apikey;

import io.ostiary.apikey.ApiKeyRecord.Grant;
import io.ostiary.apikey.ApiKeyRecord.Previous;
import io.ostiary.apikey.ApiKeyRecord.Proof;
import io.ostiary.apikey.ApiKeyRecord.Signing;
import io.ostiary.core.Secret;
import io.ostiary.core.config.Settings;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The text of a key file: a properties file with some lines {@code key.<id>.<field>=...} for each record. */
final class RecordText {
    private static final String ROOT = "key";
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
                fields.matching("env", "[a-z]{2,8}", "2 to 8 lower-case letters", "live"),
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
        return fields.matching(field, Names.LABEL, Names.LABEL_ALLOWED, fallback);
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
                fields.flag("personal", false));
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
        if (!hex.matches("[0-9a-f]{64}")) {
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
