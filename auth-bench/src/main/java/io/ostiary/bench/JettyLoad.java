package io.ostiary.bench;

import io.ostiary.core.Identity;
import io.ostiary.core.LoginGate;
import io.ostiary.core.SetCookie;
import io.ostiary.servlet.AuthServlet;
import io.ostiary.servlet.BenchAccess;
import io.ostiary.servlet.OstiaryListener;
import io.ostiary.servlet.RoleRequiredFilter;
import io.ostiary.testkit.FakeRequest;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/**
 * A page through a real Jetty on the loopback address, asked for by {@code wrk} (it must be on the path) in a process of its
 * own: without any filter, with the policy alone, and with the kit as it comes. Slices are interleaved; the ratio of
 * each slice is taken to the slice without a filter beside it, and the median of those is printed.
 */
public final class JettyLoad {
    private static final int SLICES = 7;
    private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([0-9.]+)");
    private static final Pattern P99 = Pattern.compile("99%\\s+([0-9.]+)(us|ms|s)");
    private static final Pattern BAD = Pattern.compile("Non-2xx");

    private JettyLoad() {}

    private enum Kit {
        NONE,
        POLICY,
        COMPLETE
    }

    public static void main(String[] args) throws Exception {
        List<App> apps = new ArrayList<>();
        for (Kit kit : Kit.values()) {
            apps.add(new App(kit));
        }
        for (App app : apps) {
            app.slice("4s");
        }
        for (App app : apps) {
            app.rates.clear();
            app.worst.clear();
        }
        for (int i = 0; i < SLICES; i++) {
            for (App app : apps) {
                app.slice("2s");
            }
        }
        App none = apps.get(0);
        for (App app : apps) {
            double[] ratios = new double[SLICES];
            for (int i = 0; i < SLICES; i++) {
                ratios[i] = app.rates.get(i) / none.rates.get(i);
            }
            System.out.printf(
                    "%-9s %8.0f requests/s  p99 %.2f ms  ratio to NONE %.3f (from %.3f to %.3f)%n",
                    app.kit,
                    median(app.rates),
                    median(app.worst),
                    median(Arrays.stream(ratios).boxed().toList()),
                    Arrays.stream(ratios).min().orElseThrow(),
                    Arrays.stream(ratios).max().orElseThrow());
            app.server.stop();
        }
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }

    private static final class App {
        final Kit kit;
        final Server server = new Server();
        final List<Double> rates = new ArrayList<>();
        final List<Double> worst = new ArrayList<>();
        private final String url;
        private String cookie = "a=b";

        App(Kit kit) throws Exception {
            this.kit = kit;
            ServerConnector connector = new ServerConnector(server);
            connector.setHost("127.0.0.1");
            server.addConnector(connector);
            ServletContextHandler context = new ServletContextHandler(ServletContextHandler.SESSIONS);
            server.setHandler(context);
            context.addServlet(new ServletHolder(new Page()), "/admin/*");
            if (kit != Kit.NONE) {
                guard(context);
            }
            server.start();
            url = "http://127.0.0.1:" + connector.getLocalPort() + "/admin/page";
            if (kit != Kit.NONE) {
                cookie = logIn(context);
            }
        }

        private void guard(ServletContextHandler context) {
            context.setInitParameter("ostiary.development", "true");
            if (kit == Kit.POLICY) {
                for (String off : List.of("headers.mode", "guard.path", "csrf.mode")) {
                    context.setInitParameter("ostiary." + off, "off");
                }
                context.setInitParameter("ostiary.headers.protected-cache", "keep");
            }
            context.addEventListener(new OstiaryListener());
            context.addServlet(new ServletHolder("auth", AuthServlet.class), "/auth/*");
            FilterHolder holder = new FilterHolder(RoleRequiredFilter.class);
            holder.setInitParameter("roles", "admin");
            holder.setAsyncSupported(true);
            context.addFilter(holder, "/admin/*", EnumSet.allOf(DispatcherType.class));
        }

        private static String logIn(ServletContextHandler context) {
            Identity ada = Identity.of("session", "https://op.example", "ada", Instant.now())
                    .plusRoles(Set.of("admin"));
            LoginGate gate =
                    BenchAccess.ostiary(context.getServletContext()).engine().gate();
            SetCookie set = ((LoginGate.Result.Admitted) gate.complete(FakeRequest.get("/"), ada))
                    .cookies()
                    .get(0);
            return set.name() + "=" + set.value();
        }

        void slice(String duration) throws Exception {
            Process wrk = new ProcessBuilder(
                            "wrk", "-t1", "-c32", "-d" + duration, "--latency", "-H", "Cookie: " + cookie, url)
                    .redirectErrorStream(true)
                    .start();
            String said = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            Matcher rate = RATE.matcher(said);
            Matcher p99 = P99.matcher(said);
            if (wrk.waitFor() != 0 || BAD.matcher(said).find() || !rate.find() || !p99.find()) {
                throw new IllegalStateException(kit + ": " + said);
            }
            rates.add(Double.parseDouble(rate.group(1)));
            double time = Double.parseDouble(p99.group(1));
            worst.add(time * (p99.group(2).equals("us") ? 0.001 : p99.group(2).equals("s") ? 1_000 : 1));
        }
    }

    private static final class Page extends HttpServlet {
        private static final long serialVersionUID = 1L;
        private static final byte[] TEXT = "hello, and welcome".getBytes(StandardCharsets.US_ASCII);

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.setContentType("text/plain");
            response.setContentLength(TEXT.length);
            response.getOutputStream().write(TEXT);
        }
    }
}
