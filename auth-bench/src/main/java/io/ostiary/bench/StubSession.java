package io.ostiary.bench;

import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpSession;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A container's session in memory, for the peers that keep who is logged in there. */
final class StubSession implements HttpSession {
    private final ServletContext context;
    private final Map<String, Object> values = new ConcurrentHashMap<>();

    StubSession(ServletContext context) {
        this.context = context;
    }

    @Override
    public long getCreationTime() {
        return 0;
    }

    @Override
    public String getId() {
        return "node01abcdefghijklmnop";
    }

    @Override
    public long getLastAccessedTime() {
        return 0;
    }

    @Override
    public ServletContext getServletContext() {
        return context;
    }

    @Override
    public void setMaxInactiveInterval(int interval) {}

    @Override
    public int getMaxInactiveInterval() {
        return 1800;
    }

    @Override
    public Object getAttribute(String name) {
        return values.get(name);
    }

    @Override
    public Enumeration<String> getAttributeNames() {
        return Collections.enumeration(values.keySet());
    }

    @Override
    public void setAttribute(String name, Object value) {
        if (value == null) {
            values.remove(name);
        } else {
            values.put(name, value);
        }
    }

    @Override
    public void removeAttribute(String name) {
        values.remove(name);
    }

    @Override
    public void invalidate() {
        values.clear();
    }

    @Override
    public boolean isNew() {
        return false;
    }
}
