package io.ostiary.apikey.cli;

import io.ostiary.apikey.ApiKeyRecord;
import io.ostiary.apikey.ApiKeyRecord.Grant;
import io.ostiary.apikey.ApiKeyStore;
import io.ostiary.apikey.ApiKeys;
import io.ostiary.apikey.FileApiKeyStore;
import io.ostiary.core.crypto.Tokens;
import java.io.PrintWriter;
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

/** {@code apikey create|list|revoke} on a key file; a running server sees each change within a second. */
@Command(name = "apikey", description = "Makes, lists and withdraws API keys.", synopsisSubcommandLabel = "COMMAND")
final class ApiKeyCommand {
    private static final String FILE = "The key file.";
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

    @Command(description = "Withdraws a key for good.")
    int revoke(
            @Option(names = "--file", required = true, description = FILE) Path file,
            @Parameters(paramLabel = "ID", description = "Public id of the key, as listed.") String id) {
        boolean done = keys(open(file)).revoke(id);
        err().println(done ? "Withdrew key " + id + "." : "There is no key " + id + ", or it was withdrawn before.");
        return done ? 0 : 1;
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
