package io.ostiary.testkit;

import io.ostiary.core.UrlEncoded;
import io.ostiary.core.crypto.Tokens;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The codes, tokens and keys of a {@link FakeOpenIdProvider}. Thread-safe. */
public final class FakeOpenIdProviderGrants {
    private static final long TOKEN_SECONDS = 300;
    private final String issuer;
    private final InstantSource clock;
    private final Tokens tokens = new Tokens();
    private final Map<String, Grant> codes = new ConcurrentHashMap<>();
    private final Map<String, Grant> refreshable = new ConcurrentHashMap<>();
    private final Map<String, String> pushed = new ConcurrentHashMap<>();
    private final List<FakeOpenIdProviderKey> keys = new CopyOnWriteArrayList<>();
    private volatile Map<String, Object> person = Map.of("sub", "ada", "preferred_username", "ada");
    private volatile Map<String, Object> userInfo = Map.of();
    private volatile Consumer<FakeOpenIdProviderToken> idToken = token -> {};
    private volatile Consumer<Map<String, Object>> tokenResponse = response -> {};

    private record Grant(
            String clientId,
            @Nullable String redirectUri,
            @Nullable String challenge,
            @Nullable String nonce,
            long authTime) {}

    FakeOpenIdProviderGrants(String issuer, InstantSource clock) {
        this.issuer = issuer;
        this.clock = clock;
    }

    /**
     * Sets who logs in next.
     *
     * @param claims with {@code sub}
     */
    public void person(Map<String, Object> claims) {
        person = Map.copyOf(claims);
    }

    /**
     * Sets claims that only user information has.
     *
     * @param claims added to the person's, and put over them
     */
    public void userInfo(Map<String, Object> claims) {
        userInfo = Map.copyOf(claims);
    }

    /**
     * Bends every ID token.
     *
     * @param change gets the right token
     */
    public void idToken(Consumer<FakeOpenIdProviderToken> change) {
        idToken = change;
    }

    /**
     * Bends every token response.
     *
     * @param change gets the right response, changeable
     */
    public void tokenResponse(Consumer<Map<String, Object>> change) {
        tokenResponse = change;
    }

    /**
     * Replaces the keys; the first one signs.
     *
     * @param newKeys at least one
     */
    public void keys(FakeOpenIdProviderKey... newKeys) {
        keys.clear();
        keys.addAll(List.of(newKeys));
    }

    /**
     * Returns the key that signs.
     *
     * @return the first
     */
    public synchronized FakeOpenIdProviderKey key() {
        // Not before it is needed: a test that brings its own key saves the time.
        if (keys.isEmpty()) {
            keys.add(FakeOpenIdProviderKey.rsa("r1", 2048));
        }
        return keys.get(0);
    }

    /**
     * Begins a logout token (OpenID Connect Back-Channel Logout 2.4) for the person of the moment.
     *
     * @param clientId audience
     * @return a token that is right
     */
    public FakeOpenIdProviderToken logoutToken(String clientId) {
        long now = clock.instant().getEpochSecond();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", issuer);
        claims.put("sub", String.valueOf(person.get("sub")));
        claims.put("aud", clientId);
        claims.put("iat", now);
        claims.put("exp", now + 120);
        claims.put("jti", tokens.next());
        claims.put("events", Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of()));
        return new FakeOpenIdProviderToken(key(), claims).header("typ", "logout+jwt");
    }

    List<Map<String, Object>> jwks() {
        key();
        return keys.stream().map(FakeOpenIdProviderKey::jwk).toList();
    }

    String authorize(@Nullable String query) {
        String uri = first(query, "request_uri");
        String request = uri == null ? query : pushed.remove(uri);
        String code = tokens.next();
        codes.put(
                code,
                new Grant(
                        required(request, "client_id"),
                        first(request, "redirect_uri"),
                        first(request, "code_challenge"),
                        first(request, "nonce"),
                        clock.instant().getEpochSecond()));
        return "code=" + code + "&state=" + UrlEncoded.encode(required(request, "state")) + "&iss="
                + UrlEncoded.encode(issuer);
    }

    FakeOpenIdProviderAnswer push(FakeOpenIdProviderRequest request) {
        String uri = "urn:ietf:params:oauth:request_uri:" + tokens.next();
        pushed.put(uri, request.body());
        return FakeOpenIdProviderAnswer.json(201, Map.of("request_uri", uri, "expires_in", 60));
    }

    FakeOpenIdProviderAnswer token(FakeOpenIdProviderRequest request) {
        String code = request.form("code");
        String refresh = request.form("refresh_token");
        Grant grant = code != null ? codes.remove(code) : refresh != null ? refreshable.remove(refresh) : null;
        boolean known = grant != null && (code == null || fits(grant, request));
        return known && grant != null
                ? FakeOpenIdProviderAnswer.json(200, response(grant))
                : FakeOpenIdProviderAnswer.json(400, Map.of("error", "invalid_grant"));
    }

    FakeOpenIdProviderAnswer userInfo(FakeOpenIdProviderRequest request) {
        String authorization = request.header("Authorization");
        if (authorization == null || !authorization.startsWith("Bearer access-")) {
            return FakeOpenIdProviderAnswer.json(401, Map.of("error", "invalid_token"));
        }
        Map<String, Object> all = new LinkedHashMap<>(person);
        all.putAll(userInfo);
        return FakeOpenIdProviderAnswer.json(200, all);
    }

    private Map<String, Object> response(Grant grant) {
        String access = "access-" + tokens.next();
        String refresh = "refresh-" + tokens.next();
        refreshable.put(refresh, grant);
        FakeOpenIdProviderToken token = idToken(grant, access);
        idToken.accept(token);
        Map<String, Object> response = new LinkedHashMap<>();
        response.put("access_token", access);
        response.put("token_type", "Bearer");
        response.put("expires_in", TOKEN_SECONDS);
        response.put("refresh_token", refresh);
        response.put("id_token", token.build());
        tokenResponse.accept(response);
        return response;
    }

    private FakeOpenIdProviderToken idToken(Grant grant, String access) {
        long now = clock.instant().getEpochSecond();
        Map<String, Object> claims = new LinkedHashMap<>(person);
        claims.put("iss", issuer);
        claims.put("aud", grant.clientId());
        claims.put("iat", now);
        claims.put("exp", now + TOKEN_SECONDS);
        claims.put("auth_time", grant.authTime());
        byte[] half = new byte[16];
        System.arraycopy(Tokens.sha256(access.getBytes(StandardCharsets.US_ASCII)), 0, half, 0, half.length);
        claims.put("at_hash", Base64.getUrlEncoder().withoutPadding().encodeToString(half));
        if (grant.nonce() != null) {
            claims.put("nonce", grant.nonce());
        }
        return new FakeOpenIdProviderToken(key(), claims);
    }

    private static boolean fits(Grant grant, FakeOpenIdProviderRequest request) {
        String verifier = request.form("code_verifier");
        return verifier != null
                && Tokens.digest(verifier).equals(grant.challenge())
                && String.valueOf(grant.redirectUri()).equals(request.form("redirect_uri"));
    }

    private static @Nullable String first(@Nullable String encoded, String name) {
        List<String> values = new ArrayList<>(UrlEncoded.values(encoded, name));
        return values.size() == 1 ? values.get(0) : null;
    }

    private static String required(@Nullable String encoded, String name) {
        String value = first(encoded, name);
        if (value == null) {
            throw new IllegalArgumentException("the authorization request lacks " + name);
        }
        return value;
    }
}
