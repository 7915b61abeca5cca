package io.ostiary.bench;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.HttpStatusEntryPoint;
import org.springframework.security.web.authentication.preauth.PreAuthenticatedAuthenticationProvider;
import org.springframework.security.web.authentication.preauth.PreAuthenticatedAuthenticationToken;
import org.springframework.security.web.authentication.preauth.RequestHeaderAuthenticationFilter;

/**
 * The configuration of Spring Security: forms and basic authentication for people, its resource server for tokens, and for
 * API keys its filter for whom a header authenticates, with our own look-up behind it.
 */
@Configuration
@EnableWebSecurity
class SpringChain {
    /** What is measured. */
    record Wanted(boolean bare, Scenario scenario, JwtDecoder decoder) {}

    @Bean
    SecurityFilterChain chain(HttpSecurity http, Wanted wanted) throws Exception {
        policy(http);
        if (wanted.bare) {
            http.headers(off -> off.disable())
                    .csrf(off -> off.disable())
                    .logout(off -> off.disable())
                    .requestCache(off -> off.disable())
                    .anonymous(off -> off.disable())
                    .sessionManagement(off -> off.disable());
        }
        if (wanted.scenario.isJwt()) {
            http.oauth2ResourceServer(server -> server.jwt(jwt -> jwt.decoder(wanted.decoder)));
        } else if (wanted.scenario.path().startsWith("/api")) {
            http.addFilter(byKey(new KeyTable()))
                    .exceptionHandling(answer ->
                            answer.authenticationEntryPoint(new HttpStatusEntryPoint(HttpStatus.UNAUTHORIZED)));
        } else {
            http.formLogin(Customizer.withDefaults()).httpBasic(Customizer.withDefaults());
        }
        return http.build();
    }

    @Bean
    UserDetailsService users() {
        return new InMemoryUserDetailsManager(
                User.withUsername("x").password("{noop}x").roles("x").build());
    }

    private static void policy(HttpSecurity http) throws Exception {
        http.authorizeHttpRequests(rules -> rules.requestMatchers(
                        (HttpServletRequest in) -> in.getServletPath().equals("/public"))
                .permitAll()
                .requestMatchers((HttpServletRequest in) -> in.getServletPath().equals("/admin"))
                .hasRole("admin")
                .anyRequest()
                .authenticated());
    }

    private static RequestHeaderAuthenticationFilter byKey(KeyTable table) {
        PreAuthenticatedAuthenticationProvider provider = new PreAuthenticatedAuthenticationProvider();
        provider.setPreAuthenticatedUserDetailsService(token -> owner(table, token));
        RequestHeaderAuthenticationFilter filter = new RequestHeaderAuthenticationFilter();
        filter.setPrincipalRequestHeader("X-API-KEY");
        filter.setExceptionIfHeaderMissing(false);
        filter.setAuthenticationManager(new ProviderManager(provider));
        return filter;
    }

    private static UserDetails owner(KeyTable table, PreAuthenticatedAuthenticationToken token) {
        String owner = table.owner((String) token.getPrincipal());
        if (owner == null) {
            throw new UsernameNotFoundException("no such key");
        }
        return User.withUsername(owner).password("").roles("user").build();
    }
}
