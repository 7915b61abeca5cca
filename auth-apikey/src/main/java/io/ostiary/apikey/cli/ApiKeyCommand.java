package io.ostiary.apikey.cli;

import io.ostiary.apikey.ApiKeyRecord;
import io.ostiary.apikey.ApiKeyRecord.Grant;
import io.ostiary.apikey.ApiKeyStore;
import io.ostiary.apikey.ApiKeys;
import io.ostiary.apikey.FileApiKeyStore;
import io.ostiary.apikey.signature.SignatureAlgorithm;
import io.ostiary.core.Secret;
import io.ostiary.core.crypto.MasterKey;
import io.ostiary.core.crypto.Tokens;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code apikey create|list|rotate|sign|rename|expire|revoke} on a key file; a running server sees each change within a second. */
@Command(name = "apikey", description = "Looks after API keys.", synopsisSubcommandLabel = "COMMAND")
final class ApiKeyCommand {
    private static final String FILE = "The key file.";
    private static final String ID = "Public id of the key, as listed.";
    private static final String OVERLAP = "Hours for which the old secret still holds; 24 by default.";
    private final InstantSource clock;

    @Spec
    private @Nullable CommandSpec spec;

    ApiKeyCommand(InstantSource clock) {
        this.clock = clock;
    }

    @Command(description = "Makes a key and prints it, this once, on standard output. The file is made if missing.")
    int create(
            @Option(names = "--file", required = true, description = FILE) Path file,
            @Option(names = "--owner", required = true, description = "Who answers for the key.") String owner,
            @Option(names = "--name", description = "What the owner calls it; the owner by default.") @Nullable
                    String name,
            @Option(names = "--env", defaultValue = "live", description = "Environment in the key's text; live.")
                    String env,
            @Option(names = "--role", split = ",", description = "A role; may be repeated.") @Nullable
                    List<String> roles,
            @Option(names = "--scope", split = ",", description = "A permission; may be repeated.") @Nullable
                    List<String> scopes,
            @Option(names = "--network", split = ",", description = "An address or CIDR range; may be repeated.")
                    @Nullable
                    List<String> networks,
            @Option(names = "--days", description = "Days until it expires; it never does by default.") @Nullable
                    Integer days) {
        Grant grant = new Grant(set(roles), set(scopes), set(networks), 0, false);
        ApiKeys keys = keys(FileApiKeyStore.openOrCreate(file.toAbsolutePath(), clock));
        ApiKeys.Issued issued =
                keys.create(new ApiKeys.Draft(env, owner, name == null ? owner : name, grant, after(days)));
        out().println(issued.key().revealText());
        err().println("Made key " + issued.record().id() + " for " + owner + ". It is shown only now; keep it safe.");
        return 0;
    }

    @Command(description = "Lists the keys, one a line.")
    int list(@Option(names = "--file", required = true, description = FILE) Path file) {
        ApiKeyStore store = open(file);
        Instant now = clock.instant();
        out().println(String.join("\t", "ID", "ENV", "STATE", "OWNER", "NAME", "ROLES", "SCOPES", "EXPIRES", "USED"));
        store.all().forEach(record -> out().println(line(record, store, now)));
        return 0;
    }

    @Command(description = "Gives a key a new secret and prints the new key, this once, on standard output.")
    int rotate(
            @Option(names = "--file", required = true, description = FILE) Path file,
            @Option(names = "--overlap-hours", defaultValue = "24", description = OVERLAP) int overlapHours,
            @Parameters(paramLabel = "ID", description = ID) String id) {
        ApiKeyStore store = open(file);
        ApiKeys.Issued issued = keys(store).rotate(live(store, id), Duration.ofHours(overlapHours));
        if (issued == null) {
            return changedMeanwhile(id);
        }
        out().println(issued.key().revealText());
        err().println("Rotated key " + id + "; the old one holds for " + overlapHours + " more hours.");
        return 0;
    }

    @Command(description = "Lets a key sign requests: with a shared secret, printed this once, or with a public key.")
    int sign(
            @Option(names = "--file", required = true, description = FILE) Path file,
            @Option(names = "--secret-file", description = "File with the server's setting 'secret': shares a secret.")
                    @Nullable
                    Path secretFile,
            @Option(names = "--public-key", description = "File with a public key in PEM: trusts it.") @Nullable
                    Path publicKey,
            @Option(names = "--algorithm", defaultValue = "ed25519", description = "ed25519 or ecdsa-p256-sha256.")
                    String algorithm,
            @Option(names = "--overlap-hours", defaultValue = "24", description = OVERLAP) int overlapHours,
            @Parameters(paramLabel = "ID", description = ID) String id)
            throws IOException {
        if ((secretFile == null) == (publicKey == null)) {
            throw new IllegalArgumentException("give either --secret-file or --public-key");
        }
        ApiKeyStore store = open(file);
        ApiKeyRecord seen = live(store, id);
        Duration overlap = Duration.ofHours(overlapHours);
        return publicKey == null
                ? share(store, seen, Objects.requireNonNull(secretFile), overlap)
                : trust(store, seen, algorithm, Files.readString(publicKey), overlap);
    }

    private int share(ApiKeyStore store, ApiKeyRecord seen, Path secretFile, Duration overlap) throws IOException {
        MasterKey master = new MasterKey(Secret.of(Files.readString(secretFile).stripTrailing()));
        ApiKeys.IssuedSecret issued = keys(store).shareSecret(seen, master, overlap);
        if (issued == null) {
            return changedMeanwhile(seen.id());
        }
        out().println(new String(issued.secret().revealBytes(), StandardCharsets.US_ASCII));
        err().println("Key " + seen.id() + " signs by hmac-sha256. The secret is shown only now; keep it safe.");
        return 0;
    }

    private int trust(ApiKeyStore store, ApiKeyRecord seen, String algorithm, String publicKey, Duration overlap) {
        SignatureAlgorithm known = SignatureAlgorithm.of(algorithm);
        if (known == null || known == SignatureAlgorithm.HMAC_SHA256) {
            throw new IllegalArgumentException("--algorithm is ed25519 or ecdsa-p256-sha256");
        }
        ApiKeyRecord next = keys(store).trustPublicKey(seen, known, publicKey, overlap);
        return next == null ? changedMeanwhile(seen.id()) : done("Key " + seen.id() + " signs by " + algorithm + ".");
    }

    @Command(description = "Gives a key another name.")
    int rename(
            @Option(names = "--file", required = true, description = FILE) Path file,
            @Option(names = "--name", required = true, description = "The new name.") String name,
            @Parameters(paramLabel = "ID", description = ID) String id) {
        ApiKeyStore store = open(file);
        return keys(store).rename(live(store, id), name) == null
                ? changedMeanwhile(id)
                : done("Renamed key " + id + ".");
    }

    @Command(description = "Sets when a key ends.")
    int expire(
            @Option(names = "--file", required = true, description = FILE) Path file,
            @Option(names = "--days", required = true, description = "Days from now.") int days,
            @Parameters(paramLabel = "ID", description = ID) String id) {
        ApiKeyStore store = open(file);
        return keys(store).expire(live(store, id), after(days)) == null
                ? changedMeanwhile(id)
                : done("Key " + id + " ends in " + days + " days.");
    }

    @Command(description = "Withdraws a key for good.")
    int revoke(
            @Option(names = "--file", required = true, description = FILE) Path file,
            @Parameters(paramLabel = "ID", description = ID) String id) {
        boolean done = keys(open(file)).revoke(id);
        err().println(done ? "Withdrew key " + id + "." : "There is no key " + id + ", or it was withdrawn before.");
        return done ? 0 : 1;
    }

    private ApiKeyRecord live(ApiKeyStore store, String id) {
        ApiKeyRecord record = store.find(id);
        if (record == null || !record.isLive(clock.instant())) {
            throw new IllegalArgumentException("There is no key " + id + ", or it was withdrawn or has expired.");
        }
        return record;
    }

    private int done(String what) {
        err().println(what);
        return 0;
    }

    private int changedMeanwhile(String id) {
        err().println("Key " + id + " was changed by someone else meanwhile; nothing was done.");
        return 1;
    }

    private static String line(ApiKeyRecord record, ApiKeyStore store, Instant now) {
        return String.join(
                "\t",
                record.id(),
                record.env(),
                state(record, now),
                record.owner(),
                record.name(),
                shown(record.grant().roles()),
                shown(record.grant().scopes()),
                Objects.toString(record.expires(), "never"),
                Objects.toString(store.lastUsed(record.id()), "-"));
    }

    private static String state(ApiKeyRecord record, Instant now) {
        if (record.revoked() != null) {
            return "revoked";
        }
        return record.isLive(now) ? "live" : "expired";
    }

    private static String shown(Set<String> words) {
        return words.isEmpty() ? "-" : String.join(",", words.stream().sorted().toList());
    }

    private @Nullable Instant after(@Nullable Integer days) {
        return days == null ? null : clock.instant().plus(Duration.ofDays(days)).truncatedTo(ChronoUnit.SECONDS);
    }

    private FileApiKeyStore open(Path file) {
        return FileApiKeyStore.open(file.toAbsolutePath(), clock);
    }

    private ApiKeys keys(ApiKeyStore store) {
        return new ApiKeys(store, new Tokens(), clock);
    }

    private static Set<String> set(@Nullable List<String> words) {
        return words == null ? Set.of() : Set.copyOf(words);
    }

    private PrintWriter out() {
        return Objects.requireNonNull(spec).commandLine().getOut();
    }

    private PrintWriter err() {
        return Objects.requireNonNull(spec).commandLine().getErr();
    }
}
