package io.ostiary.sample;

import io.ostiary.sample.launcher.Options;
import io.ostiary.sample.launcher.RunningSample;
import io.ostiary.sample.launcher.SampleLauncher;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

final class JettySampleIT extends SampleFlow {
    private static RunningSample sample;

    @BeforeAll
    static void start() throws Exception {
        sample = SampleLauncher.start(Options.onFreePorts());
    }

    @AfterAll
    static void stop() {
        sample.close();
    }

    @Override
    String baseUrl() {
        return sample.baseUrl();
    }

    @Override
    String apiKey() {
        return Objects.requireNonNull(sample.demoKey());
    }
}
