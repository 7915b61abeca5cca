package io.ostiary.core.endpoint;

import io.ostiary.core.AnswerMode;
import io.ostiary.core.Answers;
import io.ostiary.core.AuthEngine;
import io.ostiary.core.AuthRequest;
import io.ostiary.core.Reply;
import io.ostiary.core.csrf.SameOriginCheck;
import io.ostiary.core.oauth.OAuthLogin;
import io.ostiary.core.page.Pages;
import io.ostiary.core.session.Sessions;
import io.ostiary.core.spi.AuthListener;
import io.ostiary.core.spi.Endpoint;
import io.ostiary.core.spi.Feature;
import io.ostiary.core.spi.LogoutTargets;
import io.ostiary.core.token.TokenService;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The route table of the kit's own pages. Immutable and thread-safe. */
public final class Endpoints {
    private final String path;
    private final AuthEngine engine;
    private final OAuthLogin oauth;
    private final Answers answers;
    private final List<Route> routes;

    private final @Nullable SignedIn parts;
    private final LogoutTargets targets;

    private Endpoints(
            String path,
            AuthEngine engine,
            OAuthLogin oauth,
            Answers answers,
            List<Route> routes,
            @Nullable SignedIn parts,
            LogoutTargets targets) {
        this.parts = parts;
        this.targets = targets;
        this.path = path;
        this.engine = engine;
        this.oauth = oauth;
        this.answers = answers;
        this.routes = routes;
    }

    /** One page: a method, a path below the mapping that may end in one free segment, and what answers. */
    record Route(String method, String path, boolean freeSegment, Endpoint endpoint) {
        /** A HEAD only asks about a page; where a GET does something it is not taken for one. */
        boolean takes(String asked) {
            return method.equals(asked) || asked.equals("HEAD") && method.equals("GET") && !acts();
        }

        private boolean acts() {
            return Set.of("/callback/", "/login/", "/initiate-login", "/frontchannel-logout/")
                    .contains(path);
        }

        boolean matches(String rest) {
            return freeSegment
                    ? rest.startsWith(path) && rest.length() > path.length() && rest.indexOf('/', path.length()) < 0
                    : rest.equals(path);
        }
    }

    /**
     * Builds the table.
     *
     * @param site where things are
     * @param engine decides who is asking
     * @param oauth logs in through providers
     * @param answers answers faults
     * @param targets ends sessions that a provider names
     * @return the table
     */
    public static Endpoints of(Site site, AuthEngine engine, OAuthLogin oauth, Answers answers, LogoutTargets targets) {
        LoginPageEndpoint login = new LoginPageEndpoint(site, engine, oauth);
        CallbackEndpoint callback = new CallbackEndpoint(site, engine, oauth);
        LogoutEndpoint logout = new LogoutEndpoint(site, engine, new SameOriginCheck(site.baseUrl()), oauth.logout());
        LoginStartEndpoint start = new LoginStartEndpoint(site, engine, oauth);
        return new Endpoints(
                site.path(),
                engine,
                oauth,
                answers,
                List.of(
                        new Route("GET", "/login", false, login),
                        new Route("GET", "/login/", true, start),
                        new Route("GET", "/initiate-login", false, start::initiated),
                        new Route("GET", "/callback/", true, callback),
                        new Route("POST", "/callback/", true, callback),
                        new Route(
                                "POST",
                                "/backchannel-logout/",
                                true,
                                request -> oauth.logout()
                                        .backChannel(request, LoginStartEndpoint.lastSegment(request.path()), targets)
                                        .reply()),
                        new Route(
                                "GET",
                                "/frontchannel-logout/",
                                true,
                                request -> oauth.logout()
                                        .frontChannel(request, LoginStartEndpoint.lastSegment(request.path()), targets)
                                        .reply()),
                        new Route("GET", "/logout", false, logout::confirm),
                        new Route("POST", "/logout", false, logout::logOut),
                        new Route("GET", LogoutEndpoint.LOGGED_OUT, false, logout::loggedOut),
                        new Route("GET", "/session", false, new SessionEndpoint(engine))),
                null,
                targets);
    }

    /**
     * What the sessions and tokens of one application add.
     *
     * @param sessions the sessions
     * @param tokens null if the application has none of its own
     * @param listener hears of sessions that were ended from elsewhere
     * @param clock tells the time
     * @param clearSiteData whether a logout tells the browser to drop what it keeps of this site
     */
    public record SignedIn(
            Sessions sessions,
            @Nullable TokenService tokens,
            AuthListener listener,
            InstantSource clock,
            boolean clearSiteData) {}

    /**
     * Adds the pages of sessions and tokens.
     *
     * @param site where things are
     * @param parts what they need
     * @return a larger table
     */
    public Endpoints with(Site site, SignedIn parts) {
        SameOriginCheck sameOrigin = new SameOriginCheck(site.baseUrl());
        TokenService tokens = parts.tokens();
        RememberedLogin remembered = new RememberedLogin(site, engine, parts.sessions());
        List<Route> all = new ArrayList<>();
        Consumer<String> ended = tokens == null ? handle -> {} : tokens::endSession;
        ProviderNotices notices = new ProviderNotices(oauth.logout(), targets, parts, ended);
        routes.forEach(route -> all.add(remembering(notices.instead(route), remembered)));
        all.addAll(new SessionsEndpoint(parts.sessions(), sameOrigin, parts.listener(), parts.clock(), ended).routes());
        if (tokens != null) {
            all.addAll(new TokenEndpoints(engine, parts.sessions(), tokens, sameOrigin).routes());
        }
        return new Endpoints(path, engine, oauth, answers, List.copyOf(all), parts, targets);
    }

    /**
     * Adds the pages of features.
     *
     * @param site where things are
     * @param pages what they bring
     * @return a larger table; this one if there are none
     * @throws IllegalStateException if a page would take the place of another, or is of no form
     */
    public Endpoints plus(Site site, List<Feature.Page> pages) {
        if (pages.isEmpty()) {
            return this;
        }
        SignedIn signedIn = Objects.requireNonNull(parts, "pages of features are for people with a session");
        FeaturePages guard =
                new FeaturePages(engine, signedIn.sessions(), new SameOriginCheck(site.baseUrl()), answers);
        List<Route> all = new ArrayList<>(routes);
        for (Feature.Page page : pages) {
            boolean taken = all.stream()
                    .anyMatch(route ->
                            route.matches(page.path()) && route.method().equals(page.method()));
            if (taken || !page.path().startsWith("/") || !Set.of("GET", "POST").contains(page.method())) {
                throw new IllegalStateException(
                        "a page of a feature is taken or malformed: " + page.method() + " " + page.path());
            }
            all.add(new Route(page.method(), page.path(), false, guard.of(page)));
        }
        return new Endpoints(path, engine, oauth, answers, List.copyOf(all), parts, targets);
    }

    private static Route remembering(Route route, RememberedLogin remembered) {
        return switch (route.path()) {
            case "/login" -> new Route("GET", route.path(), false, remembered.before(route.endpoint()));
            case "/login/" -> new Route("GET", route.path(), true, remembered.noting(route.endpoint()));
            default -> route;
        };
    }

    /**
     * Returns where the endpoints are mapped.
     *
     * @return begins with a slash, has none at the end
     */
    public String path() {
        return path;
    }

    /**
     * Returns what ends sessions that a provider names.
     *
     * @return never null
     */
    public LogoutTargets targets() {
        return targets;
    }

    /**
     * Answers a request for one of the kit's own pages.
     *
     * @param request its path begins with {@link #path()}
     * @return the whole answer; 404 for a page that is not there, 405 for a method that it does not take
     */
    public Reply handle(AuthRequest request) {
        String rest = request.path().startsWith(path) ? request.path().substring(path.length()) : "";
        List<Route> here = routes.stream().filter(route -> route.matches(rest)).toList();
        if (here.isEmpty()) {
            return Pages.message(
                    404,
                    "Not found",
                    "There is no such page.",
                    "Go to the start page",
                    request.encodedContextPath() + "/",
                    "");
        }
        for (Route route : here) {
            if (route.takes(request.method())) {
                return guarded(route.endpoint(), request);
            }
        }
        return Reply.empty(405).withHeader("Allow", allowed(here));
    }

    private Reply guarded(Endpoint endpoint, AuthRequest request) {
        try {
            Reply reply = endpoint.handle(request);
            boolean clears = parts != null && parts.clearSiteData() && reply.effect() == Reply.Effect.LOGGED_OUT;
            return clears ? reply.withHeader("Clear-Site-Data", "\"cache\", \"storage\"") : reply;
        } catch (RuntimeException | StackOverflowError fault) {
            return answers.of(engine.unavailable(request, fault), request, AnswerMode.AUTO);
        }
    }

    private static String allowed(List<Route> here) {
        Set<String> methods = here.stream().map(Route::method).collect(Collectors.toCollection(TreeSet::new));
        if (here.stream().anyMatch(route -> route.takes("HEAD"))) {
            methods.add("HEAD");
        }
        return String.join(", ", methods);
    }
}
