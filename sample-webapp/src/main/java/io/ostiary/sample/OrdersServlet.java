package io.ostiary.sample;

import io.ostiary.core.Identity;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * {@code /api/v1/orders} lists the latest orders; {@code /api/v1/signed/orders} takes new ones as well. Checks neither
 * keys nor signatures nor scopes: {@code web.xml} and the kit do.
 */
public final class OrdersServlet extends SampleServlet {
    private static final int LATEST = 20;
    private static final int MAX_BODY = 1024;
    private final transient Deque<Map<String, Object>> orders = new ArrayDeque<>();
    private final transient ReentrantLock lock = new ReentrantLock();

    /** For the container. */
    public OrdersServlet() {}

    @Override
    boolean reads(HttpServletRequest request) {
        return super.reads(request) || takesOrder(request);
    }

    private static boolean takesOrder(HttpServletRequest request) {
        return request.getMethod().equals("POST") && request.getServletPath().startsWith("/api/v1/signed/");
    }

    @Override
    void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!takesOrder(request)) {
            Json.send(response, Map.of("orders", latest()));
            return;
        }
        Long amount = Json.number(request.getInputStream().readNBytes(MAX_BODY), "amount");
        if (amount == null || !(request.getUserPrincipal() instanceof Identity customer)) {
            response.sendError(HttpServletResponse.SC_BAD_REQUEST);
            return;
        }
        Map<String, Object> order = new LinkedHashMap<>();
        order.put("amount", amount);
        order.put("by", customer.name());
        order.put("scheme", customer.scheme());
        add(order);
        Json.send(response, order);
    }

    private List<Map<String, Object>> latest() {
        lock.lock();
        try {
            return List.copyOf(orders);
        } finally {
            lock.unlock();
        }
    }

    private void add(Map<String, Object> order) {
        lock.lock();
        try {
            orders.addLast(order);
            if (orders.size() > LATEST) {
                orders.removeFirst();
            }
        } finally {
            lock.unlock();
        }
    }
}
