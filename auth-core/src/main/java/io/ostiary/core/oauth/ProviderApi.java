package io.ostiary.core.oauth;

import com.github.scribejava.core.builder.api.DefaultApi20;
import com.github.scribejava.core.extractors.TokenExtractor;
import com.github.scribejava.core.model.OAuth2AccessToken;
import com.github.scribejava.core.oauth2.clientauthentication.ClientAuthentication;

/** One provider as scribejava sees it. */
final class ProviderApi extends DefaultApi20 {
    private final Metadata metadata;
    private final ClientAuthentication authentication;
    private final StrictTokenExtractor extractor;

    ProviderApi(Metadata metadata, ClientAuthentication authentication, StrictTokenExtractor extractor) {
        this.extractor = extractor;
        this.metadata = metadata;
        this.authentication = authentication;
    }

    @Override
    public String getAccessTokenEndpoint() {
        return metadata.tokenEndpoint().toString();
    }

    @Override
    protected String getAuthorizationBaseUrl() {
        return metadata.authorizationEndpoint().toString();
    }

    @Override
    public TokenExtractor<OAuth2AccessToken> getAccessTokenExtractor() {
        return extractor;
    }

    @Override
    public ClientAuthentication getClientAuthentication() {
        return authentication;
    }
}
