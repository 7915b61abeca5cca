package io.ostiary.matrix;

import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Adds a WebSocket below each zone, with what the specification gives to all containers (Jakarta WebSocket 2.1, 6.4). */
public final class EchoListener implements ServletContextListener {
    /** Made by the container. */
    public EchoListener() {}

    @Override
    public void contextInitialized(ServletContextEvent event) {
        ServerContainer container =
                (ServerContainer) event.getServletContext().getAttribute(ServerContainer.class.getName());
        for (String zone : new String[] {"admin", "app", "api", "public"}) {
            try {
                container.addEndpoint(ServerEndpointConfig.Builder.create(Echo.class, "/" + zone + "/ws")
                        .build());
            } catch (DeploymentException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Says again what it hears. */
    public static final class Echo extends Endpoint {
        /** Made by the container. */
        public Echo() {}

        @Override
        public void onOpen(Session session, EndpointConfig config) {
            session.addMessageHandler(String.class, new Parrot(session));
        }
    }

    private record Parrot(Session session) implements MessageHandler.Whole<String> {
        @Override
        public void onMessage(String text) {
            try {
                session.getBasicRemote().sendText("echo " + text);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
