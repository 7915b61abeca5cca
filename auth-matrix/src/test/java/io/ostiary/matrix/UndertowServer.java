package io.ostiary.matrix;

import io.ostiary.servlet.DropIn;
import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.server.handlers.PathHandler;
import io.undertow.server.handlers.resource.PathResourceManager;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.api.FilterInfo;
import io.undertow.servlet.api.ServletContainer;
import io.undertow.servlet.api.ServletContainerInitializerInfo;
import io.undertow.servlet.api.ServletInfo;
import io.undertow.websockets.jsr.WebSocketDeploymentInfo;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.Servlet;
import java.nio.file.Path;
import java.util.EventListener;
import java.util.Map;
import java.util.Set;

/** Undertow inside a program, as its manual shows it; it has no reader for web.xml. */
final class UndertowServer {
    private UndertowServer() {}

    static Container start(int port, Map<String, Path> applications) throws Exception {
        ServletContainer container = Servlets.newContainer();
        PathHandler paths = Handlers.path();
        for (Map.Entry<String, Path> application : applications.entrySet()) {
            DeploymentManager manager =
                    container.addDeployment(deployment(application.getKey(), application.getValue()));
            manager.deploy();
            paths.addPrefixPath(application.getKey().isEmpty() ? "/" : application.getKey(), manager.start());
        }
        Undertow server = Undertow.builder()
                .addHttpListener(port, "127.0.0.1")
                .setHandler(paths)
                .build();
        server.start();
        return new Running(server);
    }

    private static DeploymentInfo deployment(String contextPath, Path directory) throws Exception {
        DeploymentInfo info = Servlets.deployment()
                .setClassLoader(UndertowServer.class.getClassLoader())
                .setContextPath(contextPath.isEmpty() ? "/" : contextPath)
                .setDeploymentName("matrix" + contextPath)
                .setResourceManager(new PathResourceManager(directory.toAbsolutePath()))
                .addServletContextAttribute(WebSocketDeploymentInfo.ATTRIBUTE_NAME, new WebSocketDeploymentInfo());
        info.addServletContainerInitializer(new ServletContainerInitializerInfo(DropIn.class, Set.of()));
        WebXml xml = new WebXml(directory);
        xml.each(
                "listener",
                part -> info.addListener(Servlets.listener(type(part.text("listener-class"), EventListener.class))));
        xml.each("filter", part -> info.addFilter(filter(part)));
        xml.each("filter-mapping", part -> {
            for (DispatcherType dispatcher : DispatcherType.values()) {
                part.texts("url-pattern")
                        .forEach(pattern -> info.addFilterUrlMapping(part.text("filter-name"), pattern, dispatcher));
                part.texts("servlet-name")
                        .forEach(name -> info.addFilterServletNameMapping(part.text("filter-name"), name, dispatcher));
            }
        });
        xml.each(
                "servlet",
                part -> info.addServlet(
                        new ServletInfo(part.text("servlet-name"), type(part.text("servlet-class"), Servlet.class))
                                .setAsyncSupported(true)));
        xml.each(
                "servlet-mapping",
                part -> info.getServlets().get(part.text("servlet-name")).addMapping(part.text("url-pattern")));
        xml.each(
                "error-page",
                part -> info.addErrorPage(
                        Servlets.errorPage(part.text("location"), Integer.parseInt(part.text("error-code")))));
        return info;
    }

    private static FilterInfo filter(WebXml.Part part) {
        FilterInfo filter = new FilterInfo(part.text("filter-name"), type(part.text("filter-class"), Filter.class));
        filter.setAsyncSupported(true);
        part.parts("init-param")
                .forEach(param -> filter.addInitParam(param.text("param-name"), param.text("param-value")));
        return filter;
    }

    private static <T> Class<? extends T> type(String name, Class<T> expected) {
        try {
            return Class.forName(name).asSubclass(expected);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private record Running(Undertow server) implements Container {
        @Override
        public boolean available() {
            return true; // a deployment that fails throws
        }

        @Override
        public void close() {
            server.stop();
        }
    }
}
