package io.ostiary.bench;

import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;

/** Spring Security by its own configuration; bare has headers, CSRF, logout, request cache and anonymous off. */
final class SpringKit implements Contender {
    private final boolean bare;

    SpringKit(boolean bare) {
        this.bare = bare;
    }

    @Override
    public Exchange exchange(Scenario scenario) throws Exception {
        StubContext stub = new StubContext(Map.of());
        StubRequest request = new StubRequest(stub.context(), "GET", scenario.path());
        switch (scenario) {
            case PUBLIC -> {}
            case SESSION, ROLE -> logIn(stub, request, "ROLE_admin");
            case ROLE_DENIED -> logIn(stub, request, "ROLE_user");
            case ANONYMOUS_PAGE -> request.header("Accept", "text/html");
            case ANONYMOUS_API -> request.header("X-Requested-With", "XMLHttpRequest");
            default -> {
                return null;
            }
        }
        AnnotationConfigWebApplicationContext spring = new AnnotationConfigWebApplicationContext();
        spring.setServletContext(stub.context());
        spring.register(bare ? Bare.class : Defaults.class);
        spring.refresh();
        Filter filter = spring.getBean("springSecurityFilterChain", Filter.class);
        return new Exchange(request, List.of(filter)).checked(scenario, "spring");
    }

    private static void logIn(StubContext stub, StubRequest request, String role) {
        var token = UsernamePasswordAuthenticationToken.authenticated(
                "ada", null, AuthorityUtils.createAuthorityList(role));
        StubSession session = new StubSession(stub.context());
        session.setAttribute(
                HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY, new SecurityContextImpl(token));
        request.session(session).cookie("JSESSIONID", session.getId());
    }

    private static HttpSecurity policy(HttpSecurity http) throws Exception {
        http.authorizeHttpRequests(rules -> rules.requestMatchers(
                        (HttpServletRequest in) -> in.getServletPath().equals("/public"))
                .permitAll()
                .requestMatchers((HttpServletRequest in) -> in.getServletPath().equals("/admin"))
                .hasRole("admin")
                .anyRequest()
                .authenticated());
        return http;
    }

    private static UserDetailsService nobody() {
        return new InMemoryUserDetailsManager(
                User.withUsername("x").password("{noop}x").roles("x").build());
    }

    @Configuration
    @EnableWebSecurity
    static class Defaults {
        @Bean
        SecurityFilterChain chain(HttpSecurity http) throws Exception {
            return policy(http)
                    .formLogin(Customizer.withDefaults())
                    .httpBasic(Customizer.withDefaults())
                    .build();
        }

        @Bean
        UserDetailsService users() {
            return nobody();
        }
    }

    @Configuration
    @EnableWebSecurity
    static class Bare {
        @Bean
        SecurityFilterChain chain(HttpSecurity http) throws Exception {
            return policy(http)
                    .headers(off -> off.disable())
                    .csrf(off -> off.disable())
                    .logout(off -> off.disable())
                    .requestCache(off -> off.disable())
                    .anonymous(off -> off.disable())
                    .sessionManagement(off -> off.disable())
                    .formLogin(Customizer.withDefaults())
                    .httpBasic(Customizer.withDefaults())
                    .build();
        }

        @Bean
        UserDetailsService users() {
            return nobody();
        }
    }
}
