package io.ostiary.apikey;

import io.ostiary.apikey.signature.SignatureVerifier;
import io.ostiary.core.config.Settings;
import io.ostiary.core.spi.Authenticator;
import io.ostiary.core.spi.Feature;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ForkJoinPool;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * API keys and signatures from a key file. Settings, all below {@code apikey.}: {@code file}, an absolute path, or one
 * that begins with {@code /WEB-INF/} where the application archive is unpacked (without it there are no API keys);
 * {@code header}, one or more header names, {@code X-API-KEY} by default;
 * {@code require}, which is {@code either} by default (schemes {@code apikey} and {@code signature} side by side) or
 * {@code key}, {@code signature}, {@code both} (all three as scheme {@code apikey}); {@code signature.max-body}, {@code 1MiB} by default;
 * {@code signature.cover}, further header names that must be signed; {@code signature.tag}; {@code self-service}, which
 * lets people look after keys of their own, with {@code admin-roles} and {@code self-service.*}. Immutable and thread-safe.
 */
public final class ApiKeyFeature implements Feature {
    private static final String PACKED = "/WEB-INF/";
    private static final String FILE_ALLOWED =
            "the absolute path of a key file, or one that begins with " + PACKED + " in an unpacked application";
    private static final String HEADER_ALLOWED =
            "header names of at most 64 characters, comma separated; not Authorization, Cookie or Host";
    private static final int MIB = 1024 * 1024;
    private final UnaryOperator<@Nullable String> archive;
    private final KeyOwners owners;

    /** What a caller must present. */
    private enum Require {
        EITHER,
        KEY,
        SIGNATURE,
        BOTH
    }

    private record Chosen(
            Require require,
            Set<String> headers,
            String realm,
            int maxBody,
            Set<String> cover,
            @Nullable String tag) {}

    /** Reads key files by absolute path only; personal keys are off. */
    public ApiKeyFeature() {
        this(path -> null);
    }

    /**
     * Reads key files from inside the application too; personal keys are off.
     *
     * @param archive turns a path such as {@code /WEB-INF/keys.properties} into an absolute path on disk, as
     *     {@code ServletContext.getRealPath} does; null if there is none
     */
    public ApiKeyFeature(UnaryOperator<@Nullable String> archive) {
        this(archive, RecordCheck::noOwners);
    }

    /**
     * Reads key files from inside the application too, and takes personal keys.
     *
     * @param archive turns a path such as {@code /WEB-INF/keys.properties} into an absolute path on disk; null if there
     *     is none
     * @param owners bounds personal keys
     */
    public ApiKeyFeature(UnaryOperator<@Nullable String> archive, KeyOwners owners) {
        this.archive = archive;
        this.owners = owners;
    }

    @Override
    public Contribution configure(Settings settings, Context context) {
        Settings own = settings.section("apikey");
        Chosen chosen = chosen(settings, own);
        String file = own.optionalText("file");
        if (file == null) {
            refuseUseless(own);
            return Contribution.none();
        }
        ApiKeyStore store = store(own, file, context.clock());
        List<Authenticator> authenticators = authenticators(chosen, store, context);
        SelfServiceSettings selfService = SelfServiceSettings.from(own);
        if (!selfService.on()) {
            return new Contribution(authenticators, List.of(), List.of(), List.of());
        }
        if (file.startsWith(PACKED)) {
            throw own.problem(
                    "self-service",
                    "is true while 'apikey.file' is '" + file
                            + "', which is never written to; allowed: false, or an absolute path in 'apikey.file'");
        }
        if (chosen.require == Require.SIGNATURE || chosen.require == Require.BOTH) { // such keys sign nothing
            throw own.problem(
                    "self-service",
                    "is true while 'apikey.require' asks for signatures, which keys made so cannot give; allowed:"
                            + " false, or either or key in 'apikey.require'");
        }
        ApiKeys keys = new ApiKeys(store, context.tokens(), context.clock());
        SelfService service = new SelfService(keys, owners, selfService, context.clock());
        KeyAnswers answers =
                new KeyAnswers(store, context.clock(), chosen.headers.iterator().next());
        KeyPages pages = new KeyPages(service, selfService, answers, context.listener(), context.clock());
        return new Contribution(authenticators, List.of(), List.of(), List.of(service), pages.pages());
    }

    private static Chosen chosen(Settings settings, Settings own) {
        return new Chosen(
                own.oneOf("require", Require.class, Require.EITHER),
                headers(own),
                settings.matching(
                        "realm",
                        "[A-Za-z0-9 ._-]{1,64}",
                        "1 to 64 letters, digits, blanks, dots, dashes, underscores",
                        "ostiary"),
                own.size("signature.max-body", MIB, 0, 64 * MIB),
                cover(own),
                own.has("signature.tag")
                        ? own.matching("signature.tag", "[!#-\\[\\]-~]{1,64}", "1 to 64 characters, no quotes", "")
                        : null);
    }

    private static Set<String> headers(Settings own) {
        Set<String> headers = own.set("header", Set.of("X-API-KEY"));
        for (String header : headers) {
            boolean token = header.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,64}");
            if (!token || header.toLowerCase(Locale.ROOT).matches("authorization|cookie|host")) {
                throw own.problem("header", "is '" + String.join(",", headers) + "'; allowed: " + HEADER_ALLOWED);
            }
        }
        return headers;
    }

    private static Set<String> cover(Settings own) {
        Set<String> cover = own.set("signature.cover", Set.of());
        if (!cover.stream().allMatch(name -> name.matches("[a-z0-9-]{1,64}"))) {
            throw own.problem(
                    "signature.cover",
                    "is '" + String.join(",", cover) + "'; allowed: header names in lower case, comma separated");
        }
        return cover;
    }

    private List<Authenticator> authenticators(Chosen chosen, ApiKeyStore store, Context context) {
        InstantSource clock = context.clock();
        UseNotes notes = new UseNotes(store, clock, ForkJoinPool.commonPool());
        RecordCheck check = new RecordCheck(owners, notes, context.limits(), context.listener());
        ApiKeyAuthenticator key = new ApiKeyAuthenticator(store, chosen.headers, chosen.realm, clock, check);
        SignatureVerifier verifier =
                new SignatureVerifier(context.once(), clock, chosen.maxBody, chosen.cover, chosen.tag);
        SigningSecrets secrets = new SigningSecrets(context.key(), context.tokens());
        // Alone, a signature takes the place of the key, so that filters which name no scheme demand it.
        String scheme = chosen.require == Require.EITHER ? SignatureAuthenticator.SCHEME : ApiKeyAuthenticator.SCHEME;
        SignatureAuthenticator signature =
                new SignatureAuthenticator(scheme, store, secrets, verifier, chosen.realm, clock, check);
        return switch (chosen.require) {
            case EITHER -> List.of(signature, key);
            case KEY -> List.of(key);
            case SIGNATURE -> List.of(signature);
            case BOTH -> List.of(new KeyAndSignature(key, signature));
        };
    }

    private static void refuseUseless(Settings own) {
        List<String> useless =
                new ArrayList<>(List.of("header", "require", "signature.max-body", "signature.cover", "signature.tag"));
        useless.addAll(SelfServiceSettings.KEYS);
        for (String key : useless) {
            if (own.has(key)) {
                throw own.problem(key, "has no use without 'apikey.file': " + FILE_ALLOWED);
            }
        }
    }

    private ApiKeyStore store(Settings own, String file, InstantSource clock) {
        boolean packed = file.startsWith(PACKED);
        String real = packed ? archive.apply(file) : file;
        if (real == null) {
            throw own.problem("file", "is '" + file + "', which is not there; allowed: " + FILE_ALLOWED);
        }
        try {
            Path path = Path.of(real);
            if (path.isAbsolute()) {
                return packed ? FileApiKeyStore.openPacked(path, clock) : FileApiKeyStore.open(path, clock);
            }
        } catch (InvalidPathException notAPath) {
            throw own.problem("file", "is '" + file + "', which is no path; allowed: " + FILE_ALLOWED);
        }
        throw own.problem("file", "is '" + file + "'; allowed: " + FILE_ALLOWED);
    }
}
