package io.ostiary.sample.launcher;

import io.ostiary.core.Secret;
import io.ostiary.core.config.Settings;
import io.ostiary.core.crypto.MasterKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What the launcher has to know of the application's settings; the application reads and checks the whole file itself.
 *
 * @param development whether plain http, a provider of our own and a demo key are wanted
 * @param ownProvider whether the file brings a provider {@code dev}
 * @param keyFile where the file says that API keys lie; null if it says nothing
 * @param secret the application's secret; null if it makes one up
 */
record ChosenSettings(
        boolean development,
        boolean ownProvider,
        @Nullable String keyFile,
        @Nullable Secret secret) {
    static ChosenSettings read(Path war, @Nullable Path config) throws IOException {
        if (config != null && !Files.isRegularFile(config)) {
            throw new IOException("sample.config names '" + config + "', which is not a file");
        }
        String name = config == null ? WarFile.SETTINGS : config.toString();
        String text = config == null ? WarFile.settings(war) : Files.readString(config);
        Settings settings = Settings.builder().properties(name, text).build();
        return new ChosenSettings(
                settings.flag("development", false),
                settings.names("oauth.provider").contains("dev"),
                settings.optionalText("apikey.file"),
                settings.secret("secret", MasterKey.MIN_BYTES));
    }

    boolean wantsProvider() {
        return development && !ownProvider;
    }

    /** Whether a key in this file would open anything. */
    boolean wantsKey(Path file) {
        return development && (keyFile == null || keyFile.equals(file.toString()));
    }
}
