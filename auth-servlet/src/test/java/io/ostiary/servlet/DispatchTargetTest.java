package io.ostiary.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.ostiary.core.AnswerMode;
import io.ostiary.core.Answers;
import io.ostiary.core.Policies;
import io.ostiary.core.config.Settings;
import io.ostiary.core.runtime.Ostiary;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class DispatchTargetTest {
    private final HttpServletRequest request = mock(HttpServletRequest.class);

    @Test
    void aRequestIsItsOwnTarget() {
        when(request.getDispatcherType()).thenReturn(DispatcherType.REQUEST);
        assertSame(request, DispatchTarget.of(request));
    }

    @Test
    void anIncludeByNameHasNoOtherTarget() {
        when(request.getDispatcherType()).thenReturn(DispatcherType.INCLUDE);
        assertSame(request, DispatchTarget.of(request));
    }

    @Test
    void servlet9Section3Clause1AnIncludeShowsWhatIsIncluded() {
        when(request.getDispatcherType()).thenReturn(DispatcherType.INCLUDE);
        when(request.getAttribute(RequestDispatcher.INCLUDE_SERVLET_PATH)).thenReturn("/inner");
        HttpServletRequest target = DispatchTarget.of(request);
        assertEquals("/inner", target.getServletPath());
        assertNull(target.getPathInfo());
        when(request.getAttribute(RequestDispatcher.INCLUDE_PATH_INFO)).thenReturn("/x");
        assertEquals("/x", target.getPathInfo());
    }

    @Test
    void whereTheContainerDoesNotTellTheServletAnnotationsDeny() {
        when(request.getDispatcherType()).thenReturn(DispatcherType.INCLUDE);
        when(request.getAttribute(RequestDispatcher.INCLUDE_SERVLET_PATH)).thenReturn("/inner");
        Ostiary ostiary = Ostiary.start(Settings.of(Map.of("development", "true")), List.of());
        Guard guard = new Guard(
                ostiary.engine(),
                new AnnotationPolicy(Map.of(), Set.of("a"), Policies.permitAll()),
                AnswerMode.API,
                new Answers("/login"),
                ostiary.edges(),
                Set.of());
        assertEquals(
                Policies.denyAll().toString(),
                guard.policyFor(DispatchTarget.of(request)).toString());
    }
}
