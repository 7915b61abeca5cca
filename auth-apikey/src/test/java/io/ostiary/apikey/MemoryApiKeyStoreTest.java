package io.ostiary.apikey;

final class MemoryApiKeyStoreTest extends ApiKeyStoreTck {
    @Override
    ApiKeyStore create() {
        return new MemoryApiKeyStore();
    }
}
