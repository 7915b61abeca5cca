package io.ostiary.servlet;

import io.ostiary.core.config.ConfigurationException;
import io.ostiary.servlet.Descriptor.Declared;
import io.ostiary.servlet.Descriptor.Mapping;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.SessionTrackingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Looks over what is about to start for what people forget. It decides no request; a finding may well be meant so. */
final class StartAudit {
    private static final System.Logger LOG = System.getLogger(StartAudit.class.getName());

    private StartAudit() {}

    /** To be called when everything is registered: when the first filter starts. */
    static void run(ServletContext context, Running running) {
        StartAuditSettings settings = running.audit();
        if (settings.mode() == StartAuditSettings.Mode.OFF) {
            return;
        }
        List<String> findings = findings(context, running);
        if (findings.isEmpty()) {
            return;
        }
        String path = context.getContextPath().isEmpty() ? "/" : context.getContextPath();
        String text = "audit of the start of " + path + ":\n  " + String.join("\n  ", findings);
        if (settings.mode() == StartAuditSettings.Mode.REFUSE) {
            throw new ConfigurationException(text);
        }
        LOG.log(System.Logger.Level.WARNING, "{0}", text);
    }

    static List<String> findings(ServletContext context, Running running) {
        List<String> findings = new ArrayList<>(running.audit().doubtful());
        if (context.getEffectiveSessionTrackingModes().contains(SessionTrackingMode.URL)) {
            findings.add(
                    "the container takes session ids from URLs: something set the tracking modes after Ostiary did");
        }
        Descriptor descriptor = Descriptor.of(context);
        if (descriptor == null) {
            findings.add("web.xml cannot be read: order, dispatchers and async of filters are not known");
        } else {
            findings.addAll(earlier(descriptor));
            findings.addAll(declarations(descriptor));
        }
        findings.addAll(open(context, running));
        findings.addAll(among(context, running.ostiary().endpoints().path() + "/"));
        return findings;
    }

    /** The check against other sites leaves the kit's own pages to themselves, by their path. */
    private static Set<String> among(ServletContext context, String own) {
        Set<String> found = new TreeSet<>();
        for (ServletRegistration servlet : context.getServletRegistrations().values()) {
            for (String pattern : Mappings.patterns(servlet)) {
                if (pattern.startsWith(own) && !AuthServlet.class.getName().equals(servlet.getClassName())) {
                    found.add(
                            "servlet '" + servlet.getName() + "' on " + pattern + " is among the kit's own pages, where"
                                    + " requests of other sites are not refused; map it elsewhere");
                }
            }
        }
        return found;
    }

    /** What a filter in front answers or forwards, the guards behind it never see. */
    private static Set<String> earlier(Descriptor descriptor) {
        Set<String> found = new LinkedHashSet<>();
        List<Mapping> mappings = descriptor.mappings();
        for (int i = 0; i < mappings.size(); i++) {
            Mapping own = mappings.get(i);
            for (Mapping guard : mappings.subList(i, mappings.size())) {
                if (!ours(descriptor, own) && ours(descriptor, guard) && meet(own, guard)) {
                    found.add("filter '" + own.filter() + "' is mapped before '" + guard.filter()
                            + "': whatever it answers itself is not guarded; map it after");
                }
            }
        }
        return found;
    }

    private static boolean ours(Descriptor descriptor, Mapping mapping) {
        Declared declared = descriptor.filters().get(mapping.filter());
        return declared != null && GuardKind.of(declared.className()) != null;
    }

    private static boolean meet(Mapping one, Mapping other) {
        boolean byName = !one.servlets().isEmpty() || !other.servlets().isEmpty();
        return byName
                || one.patterns().stream()
                        .anyMatch(a -> other.patterns().stream()
                                .anyMatch(b -> UrlPatterns.touches(a, b) || UrlPatterns.touches(b, a)));
    }

    private static Set<String> declarations(Descriptor descriptor) {
        Set<String> found = new LinkedHashSet<>();
        for (Mapping mapping : descriptor.mappings()) {
            if (ours(descriptor, mapping)) {
                Set<String> missing = new LinkedHashSet<>();
                Arrays.stream(DispatcherType.values()).map(Enum::name).forEach(missing::add);
                missing.removeAll(mapping.dispatchers());
                if (!missing.isEmpty()) {
                    found.add("filter '" + mapping.filter() + "' on " + where(mapping) + " does not see "
                            + String.join(", ", missing) + "; add a <dispatcher> for each");
                }
                Declared declared = descriptor.filters().get(mapping.filter());
                if (declared != null && !declared.async()) {
                    found.add("filter '" + mapping.filter() + "' does not support async, so nothing behind it can;"
                            + " add <async-supported>true</async-supported>");
                }
            }
        }
        return found;
    }

    private static String where(Mapping mapping) {
        List<String> all = new ArrayList<>(mapping.patterns());
        mapping.servlets().forEach(servlet -> all.add("servlet " + servlet));
        return String.join(" ", all);
    }

    private static List<String> open(ServletContext context, Running running) {
        for (FilterRegistration filter : context.getFilterRegistrations().values()) {
            GuardKind kind = filter.getClassName() == null ? null : GuardKind.of(filter.getClassName());
            if (kind != null && running.guard(filter.getName()) == null) { // registered after the table was drawn
                running.guards(
                        filter.getName(), kind.compile(filter.getName(), filter.getInitParameters(), context, running));
            }
        }
        Set<String> kit = new HashSet<>();
        for (ServletRegistration servlet : context.getServletRegistrations().values()) {
            if (AuthServlet.class.getName().equals(servlet.getClassName())) {
                kit.add(servlet.getName());
            }
        }
        Map<String, Set<String>> found = new TreeMap<>();
        RouteMap.of(context).routes().stream()
                .filter(RouteMap.Route::open)
                .filter(route -> !kit.contains(route.servlet()))
                .filter(route -> !running.audit().open().contains(shown(route.pattern())))
                .forEach(route -> found.computeIfAbsent(route.servlet(), name -> new TreeSet<>())
                        .add(shown(route.pattern())));
        List<String> lines = new ArrayList<>();
        found.forEach((servlet, patterns) -> lines.add("servlet '" + servlet + "': no guard covers all of "
                + String.join(", ", patterns) + "; if that is meant, name it in 'start.open'"));
        return lines;
    }

    /** The empty pattern takes the root of the application only. */
    private static String shown(String pattern) {
        return pattern.isEmpty() ? "(root)" : pattern;
    }
}
