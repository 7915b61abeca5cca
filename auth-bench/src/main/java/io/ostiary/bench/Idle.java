package io.ostiary.bench;

import com.sun.management.ThreadMXBean;
import io.ostiary.core.AuthOutcome;
import io.ostiary.core.Identity;
import io.ostiary.core.Secret;
import io.ostiary.core.SetCookie;
import io.ostiary.core.cache.MemoryDenyList;
import io.ostiary.core.cache.MemoryOnceStore;
import io.ostiary.core.config.Settings;
import io.ostiary.core.crypto.MasterKey;
import io.ostiary.core.crypto.Tokens;
import io.ostiary.core.session.SessionSettings;
import io.ostiary.core.session.Sessions;
import io.ostiary.core.spi.Feature;
import io.ostiary.servlet.AuthServlet;
import io.ostiary.servlet.OstiaryListener;
import io.ostiary.servlet.RoleRequiredFilter;
import io.ostiary.testkit.FakeRequest;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.http.HttpServlet;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;

/** What the kit costs while nobody asks: time at the start, heap, bytes of one session. Prints; for hand-run measurements. */
public final class Idle {
    private static final int ROUNDS = 15;

    private Idle() {}

    public static void main(String[] args) throws Exception {
        starts();
        idleAllocation();
        session(1_000_000);
    }

    /** Without the kit: a listener, a servlet and a filter that do nothing, which every application has. */
    static Server jetty(boolean guarded) throws Exception {
        Server server = new Server();
        ServletContextHandler context = new ServletContextHandler(ServletContextHandler.SESSIONS);
        server.setHandler(context);
        if (guarded) {
            context.setInitParameter("ostiary.development", "true");
            context.setInitParameter("ostiary.oauth.provider.op.issuer", "http://127.0.0.1:9");
            context.setInitParameter("ostiary.oauth.provider.op.client-id", "bench");
            context.setInitParameter("ostiary.oauth.provider.op.client-secret", "0123456789abcdef0123456789abcdef");
            context.setInitParameter("ostiary.token.enabled", "true");
            context.addEventListener(new OstiaryListener());
            context.addServlet(new ServletHolder("auth", AuthServlet.class), "/auth/*");
            FilterHolder holder = new FilterHolder(RoleRequiredFilter.class);
            holder.setInitParameter("roles", "admin");
            holder.setAsyncSupported(true);
            context.addFilter(holder, "/admin/*", EnumSet.allOf(DispatcherType.class));
        } else {
            context.addEventListener(new ServletContextListener() {});
            context.addServlet(new ServletHolder("auth", new HttpServlet() {}), "/auth/*");
            context.addFilter(
                    (in, out, chain) -> chain.doFilter(in, out), "/admin/*", EnumSet.allOf(DispatcherType.class));
        }
        server.start();
        return server;
    }

    /** What a redeployment takes; the first start of a process is measured by {@link FirstStart}. */
    private static void starts() throws Exception {
        long[] bare = new long[ROUNDS];
        long[] guarded = new long[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            bare[i] = started(false);
            guarded[i] = started(true);
        }
        Arrays.sort(bare);
        Arrays.sort(guarded);
        System.out.printf(
                "start of Jetty without the kit: median of %d: %d ms%n", ROUNDS, bare[ROUNDS / 2] / 1_000_000);
        System.out.printf("start of Jetty with the kit: median %d ms%n", guarded[ROUNDS / 2] / 1_000_000);
    }

    private static long started(boolean guarded) throws Exception {
        long before = System.nanoTime();
        Server server = jetty(guarded);
        long took = System.nanoTime() - before;
        server.stop();
        return took;
    }

    private static void idleAllocation() throws Exception {
        Server server = jetty(true);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Thread.sleep(1_000);
        long before = Arrays.stream(threads.getThreadAllocatedBytes(threads.getAllThreadIds()))
                .sum();
        Thread.sleep(5_000);
        long after = Arrays.stream(threads.getThreadAllocatedBytes(threads.getAllThreadIds()))
                .sum();
        System.out.printf("allocated by all threads in 5 s without a request: %d B%n", after - before);
        server.stop();
    }

    private static void session(int many) {
        InstantSource clock = InstantSource.system();
        Feature.Context context = new Feature.Context(
                new MasterKey(Secret.of("0123456789abcdef0123456789abcdef0123456789abcdef")),
                new Tokens(),
                clock,
                new MemoryOnceStore(10, clock),
                (key, rates) -> java.time.Duration.ZERO,
                false);
        Settings settings = Settings.of(Map.of("session.max-sessions", "2000000"));
        Sessions sessions = Sessions.inMemory(
                SessionSettings.from(settings, false), new MemoryDenyList(10, clock), context, event -> {});
        FakeRequest login = FakeRequest.get("/").header("User-Agent", "Mozilla/5.0 (X11; Linux x86_64) bench");
        long before = used();
        SetCookie last = null;
        for (int i = 0; i < many; i++) {
            Identity person = Identity.of("session", "https://op.example", "person" + i, Instant.now());
            last = sessions.save(login, person.plusRoles(Set.of("user"))).get(0);
        }
        long after = used();
        FakeRequest request = FakeRequest.get("/").cookie(last.name(), last.value());
        if (!(sessions.load(request) instanceof AuthOutcome.Authenticated)) {
            throw new IllegalStateException("the last session is not there");
        }
        System.out.printf("%d sessions: %d B each%n", many, (after - before) / many);
    }

    private static long used() {
        for (int i = 0; i < 4; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
