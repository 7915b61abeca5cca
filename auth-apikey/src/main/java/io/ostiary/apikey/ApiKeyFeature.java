package io.ostiary.apikey;

import io.ostiary.core.config.Settings;
import io.ostiary.core.spi.Feature;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * API keys from a key file. Settings, all below {@code apikey.}: {@code file}, an absolute path, or one that begins with
 * {@code /WEB-INF/} where the application archive is unpacked (without it there are no API keys); {@code header},
 * {@code X-API-KEY} by default; {@code realm}, {@code ostiary} by default. Immutable and thread-safe.
 */
public final class ApiKeyFeature implements Feature {
    private static final String PACKED = "/WEB-INF/";
    private static final String FILE_ALLOWED =
            "the absolute path of a key file, or one that begins with " + PACKED + " in an unpacked application";
    private final UnaryOperator<@Nullable String> archive;

    /** Reads key files by absolute path only. */
    public ApiKeyFeature() {
        this(path -> null);
    }

    /**
     * Reads key files from inside the application too.
     *
     * @param archive turns a path such as {@code /WEB-INF/keys.properties} into an absolute path on disk, as
     *     {@code ServletContext.getRealPath} does; null if there is none
     */
    public ApiKeyFeature(UnaryOperator<@Nullable String> archive) {
        this.archive = archive;
    }

    @Override
    public Contribution configure(Settings settings, Context context) {
        Settings own = settings.section("apikey");
        String header = own.matching(
                "header", "[!#$%&'*+.^_`|~0-9A-Za-z-]{1,64}", "a header name of at most 64 characters", "X-API-KEY");
        String realm = own.matching(
                "realm",
                "[A-Za-z0-9 ._-]{1,64}",
                "1 to 64 letters, digits, blanks, dots, dashes, underscores",
                "ostiary");
        String file = own.optionalText("file");
        if (file == null) {
            refuseUseless(own, "header");
            refuseUseless(own, "realm");
            return Contribution.none();
        }
        ApiKeyStore store = store(own, file, context.clock());
        return Contribution.of(new ApiKeyAuthenticator(store, header, realm, context.clock()));
    }

    private static void refuseUseless(Settings own, String key) {
        if (own.has(key)) {
            throw own.problem(key, "has no use without 'apikey.file': " + FILE_ALLOWED);
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
