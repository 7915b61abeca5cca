package io.ostiary.matrix;

import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.util.concurrent.CompletableFuture;

/** Ends a container that is a process of its own with the one that started it, however that ended. */
public final class Leash implements ServletContextListener {
    /** Made by the container. */
    public Leash() {}

    @Override
    public void contextInitialized(ServletContextEvent event) {
        Long owner = Long.getLong("matrix.owner");
        if (owner != null) {
            CompletableFuture<?> unused = ProcessHandle.of(owner)
                    .orElseThrow(() -> new IllegalStateException("nobody waits for this container any more"))
                    .onExit()
                    .thenRun(() -> Runtime.getRuntime().halt(1));
        }
    }
}
