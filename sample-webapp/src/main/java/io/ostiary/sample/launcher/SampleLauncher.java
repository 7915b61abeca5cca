package io.ostiary.sample.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.jetty.ee10.webapp.WebAppContext;

/** Starts the sample's WAR in an embedded server on 127.0.0.1, in development with an OpenID Provider of its own. */
public final class SampleLauncher {
    private static final String ISSUER_PATH = "/dev";
    /** The sample's auth.properties looks for its key file there. */
    private static final String KEY_FILE = "sample.apikey.file";

    private static final String SELF_SERVICE = "sample.apikey.self-service";
    private static final String PROVIDER = "ostiary.oauth.provider.dev.";

    private SampleLauncher() {}

    /**
     * Starts the sample as the system properties say and runs until the process is told to stop.
     *
     * @param args not used
     * @throws InterruptedException if the thread is interrupted
     */
    public static void main(String[] args) throws InterruptedException {
        Console.run();
    }

    /**
     * Starts the sample.
     *
     * @param options how
     * @return the running sample; the caller closes it
     * @throws Exception if the WAR is missing, a port is in use, or the application refuses its settings
     */
    public static RunningSample start(Options options) throws Exception {
        RunningSample sample = new RunningSample();
        try {
            start(options, sample);
            return sample;
        } catch (Exception | Error e) {
            sample.close();
            throw e;
        }
    }

    private static void start(Options options, RunningSample sample) throws Exception {
        Path war = WarFile.locate(options.war());
        Path directory = sample.ownsDirectory();
        Path keyFile = directory.resolve("api-keys.properties");
        System.setProperty(KEY_FILE, keyFile.toString());
        sample.owns(() -> System.clearProperty(KEY_FILE));
        ChosenSettings settings = ChosenSettings.read(war, options.config());
        Loopback server = Loopback.bind(options.port(), "sample.port");
        sample.owns(server::stop);
        Map<String, String> parameters = new LinkedHashMap<>();
        if (options.config() != null) {
            parameters.put(
                    "ostiary.config",
                    options.config().toAbsolutePath().normalize().toString());
        }
        if (settings.wantsProvider()) {
            parameters.putAll(provider(options, sample));
        }
        if (settings.wantsKey(keyFile)) {
            System.setProperty(SELF_SERVICE, "true");
            sample.owns(() -> System.clearProperty(SELF_SERVICE));
            sample.hasKey(DemoKey.mint(keyFile));
            if (settings.keyFile() == null) {
                parameters.put("ostiary.apikey.file", keyFile.toString());
            }
        }
        server.start(application(options, war, directory, parameters));
        sample.isAt(server.url() + options.contextPath());
    }

    /** Starts the provider and returns the context-params that make the application know it. */
    private static Map<String, String> provider(Options options, RunningSample sample) throws Exception {
        Loopback server = Loopback.bind(options.providerPort(), "sample.provider.port");
        sample.owns(server::stop);
        server.start(new ProviderHandler(server.url(), ISSUER_PATH));
        String issuer = server.url() + ISSUER_PATH;
        sample.hasProvider(issuer);
        byte[] secret = new byte[24];
        new SecureRandom().nextBytes(secret);
        return Map.of(
                PROVIDER + "issuer", issuer,
                PROVIDER + "client-id", "ostiary-sample",
                PROVIDER + "client-secret", HexFormat.of().formatHex(secret),
                PROVIDER + "label", "Development provider",
                PROVIDER + "roles-claim", "/roles");
    }

    private static WebAppContext application(Options options, Path war, Path directory, Map<String, String> parameters)
            throws IOException {
        WebAppContext context = new WebAppContext();
        context.setContextPath(options.contextPath().isEmpty() ? "/" : options.contextPath());
        context.setWar(war.toString());
        context.setTempDirectory(
                Files.createDirectory(directory.resolve("webapp")).toFile());
        // Otherwise an application that refuses to start would be a server that answers 503.
        context.setThrowUnavailableOnStartupException(true);
        context.setInitParameter("org.eclipse.jetty.servlet.Default.dirAllowed", "false");
        parameters.forEach(context::setInitParameter);
        return context;
    }
}
