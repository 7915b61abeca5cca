package io.ostiary.sample;

import io.ostiary.sample.launcher.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The sample's own settings with some lines more. */
final class SampleSettings {
    private static final Path OWN = Path.of("src/main/webapp/WEB-INF/auth.properties");

    private SampleSettings() {}

    /** Writes them to a file; {@code base-url} and {@code secret} are left out of the sample's own, so that a line
     * here may set them. */
    static Options with(Path directory, String... lines) throws IOException {
        String own = Files.readString(OWN).replaceAll("(?m)^(base-url|secret)=.*$", "");
        Path file = Files.createTempFile(directory, "auth", ".properties");
        Files.writeString(file, own + "\n" + String.join("\n", lines) + "\n");
        return Options.onFreePorts().withConfig(file);
    }
}
