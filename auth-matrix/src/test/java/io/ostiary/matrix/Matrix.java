package io.ostiary.matrix;

import io.ostiary.apikey.ApiKeyRecord;
import io.ostiary.apikey.ApiKeys;
import io.ostiary.apikey.FileApiKeyStore;
import io.ostiary.core.crypto.Tokens;
import io.ostiary.testkit.FakeOpenIdProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The container of this JVM with the application of the attack files at the root and at /ctx, and a provider to sign in with. */
final class Matrix implements AutoCloseable {
    private static final List<Matrix> SHARED = new ArrayList<>();
    private static final Path WEBAPP = Path.of("src/test/webapp");
    private final FakeOpenIdProvider provider = FakeOpenIdProvider.start(InstantSource.system());
    private final Path directory;
    private final int port;
    private final String key;
    private final Container container;

    private enum Plan {
        DECLARED,
        DROPPED_IN,
        NOTHING
    }

    private Matrix(Plan plan) throws Exception {
        directory = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "matrix");
        port = freePort();
        key = mint(directory.resolve("keys.properties"));
        Map<String, Path> applications = new LinkedHashMap<>();
        for (String path : List.of("", "/ctx")) {
            applications.put(path, application(path, plan));
        }
        container = Container.start(port, applications);
        if (!container.available()) {
            throw new IllegalStateException("an application did not start; the log says why");
        }
    }

    /** One for all tests of this JVM, which ends it. */
    static synchronized Matrix shared() throws Exception {
        if (SHARED.isEmpty()) {
            SHARED.add(new Matrix(Plan.DECLARED));
        }
        return SHARED.get(0);
    }

    /** Another one, for whoever ends it. */
    static Matrix declared() throws Exception {
        return new Matrix(Plan.DECLARED);
    }

    /** The same application as it was before anybody thought of guards. */
    static Matrix withoutTheKit() throws Exception {
        return new Matrix(Plan.NOTHING);
    }

    /** That application with two text files beside it, and the jars of the kit on the class path. */
    static Matrix droppedIn() throws Exception {
        return new Matrix(Plan.DROPPED_IN);
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            return socket.getLocalPort();
        }
    }

    private static String mint(Path file) {
        InstantSource clock = InstantSource.system();
        ApiKeys keys = new ApiKeys(FileApiKeyStore.openOrCreate(file, clock), new Tokens(), clock);
        return keys.create(new ApiKeys.Draft(
                        "dev", "matrix", "test", ApiKeyRecord.Grant.of(Set.of("service"), Set.of("read")), null))
                .key()
                .revealText();
    }

    private Path application(String contextPath, Plan plan) throws IOException {
        Path root = directory.resolve(contextPath.isEmpty() ? "root" : contextPath.substring(1));
        Files.createDirectories(root.resolve("WEB-INF"));
        String descriptor = Files.readString(WEBAPP.resolve("WEB-INF/web.xml"));
        Files.writeString(root.resolve("WEB-INF/web.xml"), plan == Plan.DECLARED ? descriptor : bare(descriptor));
        if (plan == Plan.NOTHING) {
            return root;
        }
        if (plan == Plan.DROPPED_IN) {
            Files.writeString(root.resolve("WEB-INF/auth.rules"), """
                order most-specific
                * /auth/**   permit
                * /public/** permit
                * /admin/**  role admin
                * /**        authenticated
                """);
        }
        Files.writeString(root.resolve("WEB-INF/auth.properties"), """
            development = true
            base-url = http://127.0.0.1:%d%s
            session.cookie-name = session%s
            rbac.roles = admin, user, service
            apikey.file = %s
            limits.login = 100000 per minute
            limits.callback = 100000 per minute
            limits.failures = 20 per hour
            oauth.provider.op.issuer = %s
            oauth.provider.op.client-id = matrix
            oauth.provider.op.client-secret = some-secret-of-the-matrix
            oauth.provider.op.label = Stand-in
            oauth.provider.op.roles-claim = /roles
            oauth.provider.op.name-claim = /sub
            start.open = /public/*, /static/*, /login, /oauth/callback, /error, /health, /
            """.formatted(
                        port,
                        contextPath,
                        contextPath.replace('/', '-'),
                        directory.resolve("keys.properties"),
                        provider.issuer()));
        return root;
    }

    /** The {@code web.xml} of the application before anybody thought of guards. */
    static String bareDescriptor() throws IOException {
        return bare(Files.readString(WEBAPP.resolve("WEB-INF/web.xml")));
    }

    private static String bare(String descriptor) {
        return descriptor
                .replaceAll("(?s)<filter>.*?</filter>|<filter-mapping>.*?</filter-mapping>", "")
                .replaceAll("<listener><listener-class>io.ostiary.servlet[^<]*</listener-class></listener>", "")
                .replaceAll("(?s)<servlet>\\s*<servlet-name>auth<.*?</servlet>", "")
                .replaceAll("<servlet-mapping><servlet-name>auth<.*", "");
    }

    Wire wire() {
        return new Wire(port);
    }

    int port() {
        return port;
    }

    String key() {
        return key;
    }

    /** Somebody without a session yet. */
    Person person() {
        return new Person(this, "");
    }

    Person signedIn(String name, String... roles) throws IOException {
        Person person = person();
        person.signIn(name, "/app/home", roles);
        return person;
    }

    FakeOpenIdProvider provider() {
        return provider;
    }

    @Override
    public void close() {
        container.close();
        provider.close();
    }
}
