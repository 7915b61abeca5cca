package io.ostiary.sample;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** One application, with the kit and without it: both are asked for everything that it is known or found to have. */
final class Crawl {
    private static final int MOST_FOUND = 400;
    /** Longer than any answer of the kit to somebody who may not. */
    private static final int LONGEST_REFUSAL = 2000;
    /** What a person would have to click knowingly; nobody is asked for it too, but the person not. */
    private static final Pattern HARMFUL =
            Pattern.compile("(?i).*(log-?out|log-?off|delete|rename|shutdown|/exec/|/write/).*");

    private static final List<String> METHODS = List.of("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS");
    private static final Set<Integer> REFUSED = Set.of(400, 401, 403);

    private final ForeignWar war;
    private final String withKit;
    private final Probe member;
    private final Probe plain;
    private final Set<String> all = new HashSet<>();
    private final Deque<String> queue = new ArrayDeque<>();
    private final List<String> leaks = new ArrayList<>();
    private final Map<String, String> differences = new TreeMap<>();
    private final Map<Integer, Integer> statuses = new TreeMap<>();
    private int open;
    private int spared;

    /** {@code session} holds the cookies of somebody who has signed in where the kit is. */
    Crawl(ForeignWar war, String withKit, String without, Map<String, String> session) {
        this.war = war;
        this.withKit = withKit;
        this.member = new Probe(withKit, session);
        this.plain = new Probe(without, Map.of());
    }

    /**
     * What came out.
     *
     * @param known targets from files and url-patterns
     * @param found targets from links only
     * @param open how many of both anybody gets (200) where the kit is not
     * @param leaks what nobody should have got, or got otherwise than refused
     * @param differences by target: what somebody who has signed in gets otherwise than anybody without the kit
     * @param statuses of the answers to somebody who has signed in
     * @param spared how many targets were not asked for with the session
     */
    record Result(
            int known,
            int found,
            int open,
            List<String> leaks,
            Map<String, String> differences,
            Map<Integer, Integer> statuses,
            int spared) {}

    /** Asks for all of {@code known}, and for what the answers lead to; to be called once. */
    Result over(Set<String> known) throws IOException, InterruptedException {
        enqueue(war.path() + "/");
        known.forEach(this::enqueue);
        int start = all.size();
        while (!queue.isEmpty()) {
            String target = queue.remove();
            if (HARMFUL.matcher(target).matches()) {
                spared++;
                leaks.addAll(leaks(target, ""));
                continue;
            }
            for (String next : Targets.in(war, target, compared(target))) {
                if (all.size() - start < MOST_FOUND) {
                    enqueue(next);
                }
            }
        }
        return new Result(start, all.size() - start, open, leaks, differences, statuses, spared);
    }

    /** The kit's own pages are open by their nature. */
    private void enqueue(String target) {
        if (!target.startsWith(war.endpoints() + "/") && all.add(target)) {
            queue.add(target);
        }
    }

    private Probe.Answer compared(String target) throws IOException, InterruptedException {
        Probe.Answer without = plain.open(target);
        Probe.Answer with = member.open(target);
        boolean page = without.status() == 200;
        open += page ? 1 : 0;
        leaks.addAll(leaks(target, page ? without.body() : ""));
        statuses.merge(with.status(), 1, Integer::sum);
        if (!alike(with, without)) {
            differences.put(target, with + " | " + without);
        }
        return with;
    }

    /** What is wrong with the answers to nobody in particular. */
    private List<String> leaks(String target, String page) throws IOException, InterruptedException {
        List<String> wrong = new ArrayList<>();
        Probe.Answer browser = nobody().open(target);
        boolean sentToLogin =
                browser.status() == 302 && browser.location().startsWith(war.endpoints() + "/login?next=");
        if (!(sentToLogin || refuses(browser, target)) || tells(browser, target, page)) {
            wrong.add("a browser: " + target + ": " + browser);
        }
        for (String method : METHODS) {
            Probe.Answer program = nobody().send(method, target);
            if (!refuses(program, target) || tells(program, target, page)) {
                wrong.add(method + " " + target + ": " + program);
            }
        }
        return wrong;
    }

    /** A stranger each time. */
    private Probe nobody() {
        return new Probe(withKit, Map.of());
    }

    /** The container itself never serves these two directories, and says so before any filter. */
    private boolean refuses(Probe.Answer answer, String target) {
        boolean inside = target.matches(war.path() + "/(WEB|META)-INF/.*");
        return REFUSED.contains(answer.status()) || (inside && answer.status() == 404);
    }

    /** The page itself, something longer than a refusal, or a cookie that shows that the application was asked. */
    private boolean tells(Probe.Answer answer, String target, String page) {
        return answer.body().length() > LONGEST_REFUSAL
                || (!page.isBlank() && answer.body().contains(page))
                || !(answer.cookies().isEmpty() || war.constrained(target));
    }

    private static boolean alike(Probe.Answer a, Probe.Answer b) {
        // Where something fails the body is the container's, with a stack that is deeper behind a filter.
        int most =
                a.status() >= 500 ? Integer.MAX_VALUE : Math.max(300, b.body().length() / 10);
        return a.status() == b.status()
                && withoutSession(a.location()).equals(withoutSession(b.location()))
                && a.type().equals(b.type())
                && a.ended() == b.ended()
                && Math.abs(a.body().length() - b.body().length()) <= most;
    }

    private static String withoutSession(String location) {
        return location.replaceFirst(";jsessionid=[^?]*", "");
    }
}
