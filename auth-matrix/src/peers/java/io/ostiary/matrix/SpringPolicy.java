package io.ostiary.matrix;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.SavedRequestAwareAuthenticationSuccessHandler;

/** The policy in the words of Spring Security. */
final class SpringPolicy {
    private SpringPolicy() {}

    private static HttpSecurity zones(HttpSecurity http, boolean closed) throws Exception {
        return http.authorizeHttpRequests(rules -> {
            rules.requestMatchers("/admin/**")
                    .hasRole("admin")
                    .requestMatchers("/app/**", "/api/**")
                    .authenticated();
            if (closed) {
                rules.requestMatchers("/public/**", "/static/**", "/oauth/callback", "/error", "/health")
                        .permitAll()
                        .anyRequest()
                        .authenticated();
            } else {
                rules.anyRequest().permitAll();
            }
        });
    }

    private static UserDetails person(String name, String role) {
        return User.withUsername(name).password("{noop}secret").roles(role).build();
    }

    /** People, for each of the policies. */
    @Configuration
    @EnableWebSecurity
    static class People {
        @Bean
        UserDetailsService users() {
            return name -> person(name, name.equals("ada") ? "admin" : "user");
        }
    }

    /** Whatever is in no zone is open. */
    @Configuration
    static class RestOpen extends People {
        @Bean
        SecurityFilterChain chain(HttpSecurity http) throws Exception {
            return zones(http, false).formLogin(Customizer.withDefaults()).build();
        }
    }

    /** Whatever is not named as open is for people who are signed in. */
    @Configuration
    static class RestClosed extends People {
        @Bean
        SecurityFilterChain chain(HttpSecurity http) throws Exception {
            return zones(http, true).formLogin(Customizer.withDefaults()).build();
        }
    }

    /** A parameter says where a login leads; that is off unless somebody asks for it. */
    @Configuration
    static class TargetParameter extends People {
        @Bean
        SecurityFilterChain chain(HttpSecurity http) throws Exception {
            SavedRequestAwareAuthenticationSuccessHandler handler = new SavedRequestAwareAuthenticationSuccessHandler();
            handler.setTargetUrlParameter("next");
            return zones(http, false)
                    .formLogin(form -> form.successHandler(handler))
                    .build();
        }
    }
}
