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
import java.nio.file.StandardOpenOption;
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
    private static final String FAULTY = """
        session.store-calls = 4
        oauth.request-timeout = 3s
        oauth.provider.gone.issuer = http://127.0.0.1:%d
        oauth.provider.gone.client-id = matrix
        oauth.provider.gone.client-secret = some-secret-of-the-matrix
        oauth.provider.gone.label = Gone
        audit.on-failure = %s
        """;
    private static final Path FACES = Path.of("src/test/faces");
    private final FakeOpenIdProvider provider = FakeOpenIdProvider.start(InstantSource.system());
    private final Path directory;
    private final int port;
    private final String key;
    private final Container container;

    private enum Plan {
        DECLARED,
        DROPPED_IN,
        FAULTY,
        NOTHING,
        FACES
    }

    private Matrix(Plan plan) throws Exception {
        directory = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "matrix");
        port = freePort();
        key = mint(directory.resolve("keys.properties"));
        Map<String, Path> applications = new LinkedHashMap<>();
        for (String path : plan == Plan.FACES ? List.of("") : List.of("", "/ctx")) {
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

    /**
     * The same with stores, and a listener, that may fail. In /ctx nothing may be done that the listener did not hear of, and
     * the provider {@code gone} is where nobody listens.
     */
    static Matrix faulty() throws Exception {
        return new Matrix(Plan.FAULTY);
    }

    /** Another application: one page of Jakarta Faces. */
    static Matrix faces() throws Exception {
        return new Matrix(Plan.FACES);
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
        files(root, plan);
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
            limits.failures = %d per hour
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
                        plan == Plan.FAULTY ? 100_000 : 20,
                        provider.issuer()));
        if (plan == Plan.FAULTY) {
            Files.writeString(
                    root.resolve("WEB-INF/auth.properties"),
                    FAULTY.formatted(freePort(), contextPath.isEmpty() ? "ignore" : "deny"),
                    StandardOpenOption.APPEND);
        }
        return root;
    }

    private static String faulty(String descriptor) {
        return descriptor
                .replaceFirst(
                        "<listener>",
                        "<listener><listener-class>io.ostiary.matrix.Faults\\$Application</listener-class></listener>\n"
                                + "  <listener>")
                .replace(
                        "</web-app>",
                        "<error-page><error-code>500</error-code><location>/error</location></error-page>\n</web-app>");
    }

    private static void files(Path root, Plan plan) throws IOException {
        if (plan == Plan.FACES) {
            for (String file :
                    List.of("app/page.xhtml", "WEB-INF/web.xml", "WEB-INF/beans.xml", "WEB-INF/faces.rules")) {
                Files.createDirectories(root.resolve(file).getParent());
                Files.copy(FACES.resolve(file), root.resolve(file));
            }
        } else {
            String descriptor = Files.readString(WEBAPP.resolve("WEB-INF/web.xml"));
            Files.writeString(
                    root.resolve("WEB-INF/web.xml"),
                    switch (plan) {
                        case DECLARED -> descriptor;
                        case FAULTY -> faulty(descriptor);
                        default -> bare(descriptor);
                    });
        }
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
