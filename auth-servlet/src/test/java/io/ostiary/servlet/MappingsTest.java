package io.ostiary.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletRegistration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What containers tell about mappings where they do not keep to Servlet 6.0. */
final class MappingsTest {
    private final FilterRegistration filter = mock(FilterRegistration.class);
    private final ServletRegistration servlet = mock(ServletRegistration.class);

    /** Open Liberty, for a filter that is mapped to no servlet by its name. */
    @Test
    void nullIsNone() {
        when(filter.getUrlPatternMappings()).thenReturn(null);
        when(filter.getServletNameMappings()).thenReturn(null);
        when(servlet.getMappings()).thenReturn(null);
        assertEquals(List.of(), Mappings.patterns(filter));
        assertEquals(List.of(), Mappings.servlets(filter));
        assertEquals(List.of(), Mappings.patterns(servlet));
    }

    /** Undertow, for each dispatcher type. */
    @Test
    void eachPlaceCountsOnce() {
        when(filter.getUrlPatternMappings()).thenReturn(List.of("/b/*", "/a/*", "/b/*", "/a/*"));
        when(filter.getServletNameMappings()).thenReturn(List.of("x", "x"));
        assertEquals(List.of("/b/*", "/a/*"), Mappings.patterns(filter));
        assertEquals(List.of("x"), Mappings.servlets(filter));
    }
}
