package io.ostiary.sample.launcher;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * An API key that lives as long as the launcher.
 *
 * @param text what a program sends
 * @param file the key file that the application reads; only its owner may
 */
record DemoKey(String text, Path file) {
    /** Mints a key into a directory that only its owner can enter; null while the kit has no API keys. */
    static @Nullable DemoKey mint(Path directory) {
        return null;
    }
}
