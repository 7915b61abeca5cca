package io.ostiary.rbac;

import io.ostiary.core.config.Settings;
import io.ostiary.core.spi.Feature;

/**
 * Roles from settings and their hierarchy, configured by the keys below {@code rbac.}; contributes one enricher, or
 * nothing if no key is set. Thread-safe.
 */
public final class RbacFeature implements Feature {
    /** Creates the feature. */
    public RbacFeature() {}

    @Override
    public Contribution configure(Settings settings, Context context) {
        RbacSettings read = RbacSettings.read(settings);
        return read.named().isEmpty() ? Contribution.none() : Contribution.of(new RbacEnricher(read));
    }
}
