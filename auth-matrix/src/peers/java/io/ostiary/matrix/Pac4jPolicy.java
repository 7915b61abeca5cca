package io.ostiary.matrix;

import java.util.Optional;
import org.pac4j.core.authorization.authorizer.RequireAnyRoleAuthorizer;
import org.pac4j.core.client.Clients;
import org.pac4j.core.config.Config;
import org.pac4j.core.config.ConfigFactory;
import org.pac4j.core.http.url.DefaultUrlResolver;
import org.pac4j.core.matching.matcher.PathMatcher;
import org.pac4j.http.client.indirect.FormClient;
import org.pac4j.http.credentials.authenticator.test.SimpleTestUsernamePasswordAuthenticator;

/** The policy in the words of pac4j, which wants them in Java. */
public final class Pac4jPolicy implements ConfigFactory {
    /** Made by the filters of pac4j. */
    public Pac4jPolicy() {}

    @Override
    public Config build(Object... parameters) {
        FormClient form = new FormClient("/login", new SimpleTestUsernamePasswordAuthenticator());
        form.setAuthorizationGenerator((call, profile) -> {
            profile.addRole(profile.getUsername().equals("ada") ? "admin" : "user");
            return Optional.of(profile);
        });
        form.setUrlResolver(new DefaultUrlResolver(true));
        Config config = new Config(new Clients("/callback", form));
        config.addAuthorizer("admin", new RequireAnyRoleAuthorizer("admin"));
        config.addMatcher(
                "rest",
                new PathMatcher()
                        .excludeBranch("/public")
                        .excludeBranch("/static")
                        .excludePaths("/login", "/callback", "/oauth/callback", "/error", "/health"));
        return config;
    }
}
