package io.ostiary.bench;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.proc.SingleKeyJWSKeySelector;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import jakarta.servlet.Filter;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import java.util.Map;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;

/** Spring Security by its own configuration; bare has headers, CSRF, logout, request cache and anonymous off. */
final class SpringKit implements Contender {
    private final boolean bare;
    private final int threads;
    private Jwts jwts;
    private List<byte[]> tokens;

    SpringKit(boolean bare, int threads) {
        this.bare = bare;
        this.threads = threads;
    }

    @Override
    public boolean has(Scenario scenario) {
        return !scenario.isSigned();
    }

    @Override
    public Running start(Scenario scenario) throws Exception {
        if (scenario.isJwt() && jwts == null) {
            jwts = new Jwts(scenario.algorithm());
            tokens = jwts.peers(Math.max(1, scenario.batch() * threads));
        }
        StubContext stub = new StubContext(Map.of());
        AnnotationConfigWebApplicationContext spring = new AnnotationConfigWebApplicationContext();
        spring.setServletContext(stub.context());
        JwtDecoder decoder = scenario.isJwt() ? decoder(scenario.algorithm()) : null;
        SpringChain.Wanted wanted = new SpringChain.Wanted(bare, scenario, decoder);
        spring.addBeanFactoryPostProcessor(beans -> beans.registerSingleton("wanted", wanted));
        spring.register(SpringChain.class);
        spring.refresh();
        Filter filter = spring.getBean("springSecurityFilterChain", Filter.class);
        return thread -> new Exchange(request(stub, scenario, thread), List.of(filter))
                .checked(scenario, bare ? "spring-bare" : "spring");
    }

    private StubRequest request(StubContext stub, Scenario scenario, int thread) {
        StubRequest request = new StubRequest(stub.context(), "GET", scenario.path());
        if (scenario.isJwt()) {
            int batch = Math.max(1, scenario.batch());
            int from = scenario.batch() * thread;
            return request.headers("Authorization", tokens.subList(from, from + batch));
        }
        switch (scenario) {
            case SESSION, ROLE -> logIn(stub, request, "ROLE_admin");
            case ROLE_DENIED -> logIn(stub, request, "ROLE_user");
            case ANONYMOUS_PAGE -> request.header("Accept", "text/html");
            case ANONYMOUS_API -> request.header("X-Requested-With", "XMLHttpRequest");
            case KEY -> request.header("X-API-KEY", KeyTable.RIGHT);
            case KEY_WRONG -> request.header("X-API-KEY", KeyTable.WRONG);
            default -> {}
        }
        return request;
    }

    private static void logIn(StubContext stub, StubRequest request, String role) {
        var token = UsernamePasswordAuthenticationToken.authenticated(
                "ada", null, AuthorityUtils.createAuthorityList(role));
        StubSession session = new StubSession(stub.context());
        session.setAttribute(
                HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY, new SecurityContextImpl(token));
        request.session(session).cookie("JSESSIONID", session.getId());
    }

    private JwtDecoder decoder(String algorithm) {
        return switch (algorithm) {
            case "hs256" ->
                NimbusJwtDecoder.withSecretKey(Jwts.secretKey())
                        .macAlgorithm(MacAlgorithm.HS256)
                        .build();
            case "rs256" ->
                NimbusJwtDecoder.withPublicKey((RSAPublicKey) jwts.publicKey()).build();
            default -> {
                // It has no builder for a single key on a curve.
                DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
                processor.setJWSKeySelector(new SingleKeyJWSKeySelector<>(JWSAlgorithm.ES256, jwts.publicKey()));
                processor.setJWTClaimsSetVerifier((claims, context) -> {}); // times are the decoder's
                yield new NimbusJwtDecoder(processor);
            }
        };
    }
}
