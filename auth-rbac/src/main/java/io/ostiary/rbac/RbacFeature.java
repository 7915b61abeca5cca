package io.ostiary.rbac;

import io.ostiary.core.config.Settings;
import io.ostiary.core.spi.Feature;
import io.ostiary.rbac.store.RoleStore;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Roles, hierarchy and permissions, configured by the keys below {@code rbac.}; contributes one enricher, or nothing if
 * there is nothing to add. Thread-safe.
 */
public final class RbacFeature implements Feature {
    private final @Nullable RoleStore store;
    private final Consumer<Rbac> configured;

    /** Creates the feature. */
    public RbacFeature() {
        this(null, rbac -> {});
    }

    /**
     * Creates the feature and hears of the model that it reads.
     *
     * @param configured told the model once, before the contribution is returned
     */
    public RbacFeature(Consumer<Rbac> configured) {
        this(null, configured);
    }

    /**
     * Creates the feature with a store of the application's own.
     *
     * @param store holds roles that administrators give; null takes what {@code rbac.store} says
     * @param configured told the model once, before the contribution is returned
     */
    public RbacFeature(@Nullable RoleStore store, Consumer<Rbac> configured) {
        this.store = store;
        this.configured = configured;
    }

    @Override
    public Contribution configure(Settings settings, Context context) {
        Rbac rbac = store == null ? Rbac.from(settings) : Rbac.from(settings, store);
        configured.accept(rbac);
        boolean nothing = rbac.roles().isEmpty() && rbac.store() == null;
        return nothing ? Contribution.none() : Contribution.of(rbac.enricher());
    }
}
