package io.ostiary.core.oauth;

import com.github.scribejava.core.model.OAuth2AccessToken;
import com.github.scribejava.core.oauth.AccessTokenRequestParams;
import com.github.scribejava.core.oauth.OAuth20Service;
import io.ostiary.core.spi.Feature;
import java.io.IOException;
import java.util.concurrent.ExecutionException;

/** Talks to one provider's token endpoint. Thread-safe. */
final class TokenClient {
    private final ProviderSettings settings;
    private final Feature.Context context;
    private final CappedHttp http;

    TokenClient(ProviderSettings settings, Feature.Context context, CappedHttp http) {
        this.settings = settings;
        this.context = context;
        this.http = http;
    }

    private interface Call {
        OAuth2AccessToken send() throws IOException, InterruptedException, ExecutionException;
    }

    TokenResponse exchange(Metadata metadata, PendingLogin login, String code) throws ProviderException {
        AccessTokenRequestParams params = AccessTokenRequestParams.create(code).pkceCodeVerifier(login.verifier());
        return send(() -> service(metadata, login.redirectUri()).getAccessToken(params));
    }

    TokenResponse refresh(Metadata metadata, String refreshToken) throws ProviderException {
        return send(() -> service(metadata, "").refreshAccessToken(refreshToken));
    }

    ClientProof proof(Metadata metadata) {
        return new ClientProof(
                settings.client(), metadata.clientMethods(), settings.issuer(), context.tokens(), context.clock());
    }

    /** No debug stream, ever: it would write codes and tokens. */
    OAuth20Service service(Metadata metadata, String redirectUri) {
        StrictTokenExtractor extractor = settings.preset() == Preset.LINKEDIN
                ? StrictTokenExtractor.TYPE_MAY_BE_MISSING
                : StrictTokenExtractor.BY_THE_RFC;
        return new OAuth20Service(
                new ProviderApi(metadata, proof(metadata), extractor),
                settings.client().id(),
                null,
                redirectUri,
                null,
                "code",
                null,
                null,
                null,
                new ScribeHttp(http));
    }

    private static TokenResponse send(Call call) throws ProviderException {
        try {
            if (call.send() instanceof StrictTokenExtractor.Tokens tokens) {
                return tokens.response();
            }
            throw new IllegalStateException("tokens were read by a stranger");
        } catch (ProviderException e) {
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ProviderException.unavailable("token endpoint: interrupted");
        } catch (IOException | ExecutionException e) {
            throw ProviderException.unavailable(
                    "token endpoint: " + e.getClass().getSimpleName());
        }
    }
}
