package io.ostiary.sample.launcher;

import io.ostiary.apikey.ApiKeyRecord;
import io.ostiary.apikey.ApiKeys;
import io.ostiary.apikey.FileApiKeyStore;
import io.ostiary.core.crypto.Tokens;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Set;

/**
 * An API key that lives as long as the launcher.
 *
 * @param text what a program sends
 * @param file the key file that the application reads; only its owner may
 */
record DemoKey(String text, Path file) {
    /** Mints a key into a new file. */
    static DemoKey mint(Path file) {
        InstantSource clock = InstantSource.system();
        ApiKeys keys = new ApiKeys(FileApiKeyStore.openOrCreate(file, clock), new Tokens(), clock);
        ApiKeys.Issued issued = keys.create(new ApiKeys.Draft(
                "dev", "sample", "demo", ApiKeyRecord.Grant.of(Set.of("service"), Set.of("demo.read")), null));
        return new DemoKey(issued.key().revealText(), file);
    }

    @Override
    public String toString() {
        return "DemoKey[" + file + "]";
    }
}
