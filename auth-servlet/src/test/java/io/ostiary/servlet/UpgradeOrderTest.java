package io.ostiary.servlet;

import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import java.net.URL;
import java.nio.file.Path;
import java.util.EnumSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Jetty's filter for WebSockets; auth-matrix has the real one. */
final class UpgradeOrderTest {
    private static final String EE10 = "org.eclipse.jetty.ee10.websocket.servlet.WebSocketUpgradeFilter";
    private final ServletContext context = mock(ServletContext.class);
    private final FilterRegistration.Dynamic filter = mock(FilterRegistration.Dynamic.class);

    /** A container that has the class, or another one. */
    private static ClassLoader with(String type) {
        return new ClassLoader(null) {
            @Override
            public @Nullable URL getResource(String name) {
                try {
                    return name.equals(type.replace('.', '/') + ".class")
                            ? Path.of("x").toUri().toURL()
                            : null;
                } catch (java.net.MalformedURLException e) {
                    throw new IllegalStateException(e);
                }
            }
        };
    }

    @Test
    void isMappedLastWhereItIsThere() {
        when(context.getClassLoader()).thenReturn(with(EE10));
        when(context.addFilter(EE10, EE10)).thenReturn(filter);
        UpgradeOrder.settle(context);
        verify(filter).setAsyncSupported(true);
        verify(filter).addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), true, "/*");
    }

    @Test
    void whoWasEarlierIsLeftAlone() {
        when(context.getClassLoader()).thenReturn(with(EE10));
        when(context.getFilterRegistration(EE10)).thenReturn(mock(FilterRegistration.class));
        UpgradeOrder.settle(context);
        verify(context, never()).addFilter(anyString(), anyString());
    }

    @Test
    void otherContainersHaveNone() {
        UpgradeOrder.settle(context);
        when(context.getClassLoader()).thenReturn(with("org.example.Other"));
        UpgradeOrder.settle(context);
        verify(context, never()).addFilter(anyString(), anyString());
    }
}
