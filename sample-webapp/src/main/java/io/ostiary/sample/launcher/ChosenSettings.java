package io.ostiary.sample.launcher;

import io.ostiary.core.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What the launcher has to know of the application's settings; the application reads and checks the whole file itself.
 *
 * @param development whether plain http, a provider of our own and a demo key are wanted
 * @param ownProvider whether the file brings a provider {@code dev}
 * @param ownKeys whether the file brings API keys
 */
record ChosenSettings(boolean development, boolean ownProvider, boolean ownKeys) {
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
                settings.has("apikey.file"));
    }

    boolean wantsProvider() {
        return development && !ownProvider;
    }

    boolean wantsKey() {
        return development && !ownKeys;
    }
}
