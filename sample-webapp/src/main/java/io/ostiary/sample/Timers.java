package io.ostiary.sample;

import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/** How long the kit took, as Micrometer keeps it. An application that is watched has a registry already. */
public final class Timers implements ServletContextListener {
    private static final String ATTRIBUTE = Timers.class.getName();

    /** For the container. */
    public Timers() {}

    @Override
    public void contextInitialized(ServletContextEvent event) {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        Metrics.addRegistry(registry);
        event.getServletContext().setAttribute(ATTRIBUTE, registry);
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        if (event.getServletContext().getAttribute(ATTRIBUTE) instanceof SimpleMeterRegistry registry) {
            Metrics.removeRegistry(registry);
            registry.close();
        }
    }

    /** The timers in the Prometheus text format; the kit writes the counters itself. */
    static String text(ServletContext context) {
        if (!(context.getAttribute(ATTRIBUTE) instanceof SimpleMeterRegistry registry)) {
            return "";
        }
        StringBuilder text = new StringBuilder();
        TreeSet<String> names = new TreeSet<>();
        registry.getMeters().forEach(meter -> names.add(meter.getId().getName()));
        for (String name : names) {
            List<Timer> timers = registry.find(name).timers().stream().toList();
            String shown = name.replace('.', '_') + "_seconds";
            if (!timers.isEmpty()) {
                text.append("# TYPE ").append(shown).append(" summary\n");
            }
            timers.stream().map(timer -> lines(shown, timer)).sorted().forEach(text::append);
        }
        return text.toString();
    }

    private static String lines(String name, Timer timer) {
        StringBuilder labels = new StringBuilder();
        timer.getId()
                .getTags()
                .forEach(tag -> labels.append(labels.isEmpty() ? "" : ",")
                        .append(tag.getKey())
                        .append("=\"")
                        .append(tag.getValue())
                        .append('"'));
        return String.format(
                        Locale.ROOT,
                        "%1$s_count{%2$s} %3$d%n%1$s_sum{%2$s} %4$.6f%n",
                        name,
                        labels,
                        timer.count(),
                        timer.totalTime(TimeUnit.NANOSECONDS) / 1e9)
                .replace("\r", "");
    }
}
