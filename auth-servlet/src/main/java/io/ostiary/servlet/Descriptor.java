package io.ostiary.servlet;

import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * What {@code web.xml} says of filters and the container does not tell: their order, their dispatchers, async.
 *
 * @param filters class names and async support by filter name
 * @param mappings in the order of a chain
 */
record Descriptor(Map<String, Declared> filters, List<Mapping> mappings) {
    private static final String FILE = "/WEB-INF/web.xml";

    Descriptor {
        filters = Map.copyOf(filters);
        mappings = List.copyOf(mappings);
    }

    /** A filter. */
    record Declared(String className, boolean async) {}

    /** Where a filter is mapped, and for which dispatches. */
    record Mapping(String filter, List<String> patterns, List<String> servlets, Set<String> dispatchers) {}

    /** Returns null if it cannot be read; empty if there is none. */
    static @Nullable Descriptor of(ServletContext context) {
        try (InputStream in = context.getResourceAsStream(FILE)) {
            return in == null
                    ? new Descriptor(Map.of(), List.of())
                    : of(parser().parse(in).getDocumentElement());
        } catch (ParserConfigurationException | SAXException | IOException unreadable) {
            return null;
        }
    }

    private static Descriptor of(Element root) {
        Map<String, Declared> filters = new HashMap<>();
        for (Element filter : elements(root, "filter")) {
            filters.put(
                    first(filter, "filter-name"),
                    new Declared(first(filter, "filter-class"), "true".equals(first(filter, "async-supported"))));
        }
        List<Mapping> mappings = new ArrayList<>();
        List<Mapping> byServlet = new ArrayList<>(); // in a chain after all those by pattern (Servlet 6.0, 6.2.4)
        for (Element mapping : elements(root, "filter-mapping")) {
            Set<String> dispatchers = new TreeSet<>(texts(mapping, "dispatcher"));
            dispatchers = dispatchers.isEmpty() ? Set.of("REQUEST") : dispatchers;
            String filter = first(mapping, "filter-name");
            List<String> patterns = texts(mapping, "url-pattern");
            List<String> servlets = texts(mapping, "servlet-name");
            if (!patterns.isEmpty()) {
                mappings.add(new Mapping(filter, patterns, List.of(), dispatchers));
            }
            if (!servlets.isEmpty()) {
                byServlet.add(new Mapping(filter, List.of(), servlets, dispatchers));
            }
        }
        mappings.addAll(byServlet);
        return new Descriptor(filters, mappings);
    }

    /** Old descriptors have a document type, so it is allowed; nothing outside of the file is read for it. */
    private static DocumentBuilder parser() throws ParserConfigurationException {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
        factory.setNamespaceAware(true);
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
        factory.setFeature("http://xml.org/sax/features/external-general-entities", false);
        factory.setFeature("http://xml.org/sax/features/external-parameter-entities", false);
        DocumentBuilder builder = factory.newDocumentBuilder();
        builder.setErrorHandler(null);
        return builder;
    }

    private static List<Element> elements(Element parent, String name) {
        NodeList found = parent.getElementsByTagNameNS("*", name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            elements.add((Element) found.item(i));
        }
        return elements;
    }

    private static List<String> texts(Element parent, String name) {
        return elements(parent, name).stream()
                .map(element -> element.getTextContent().strip())
                .toList();
    }

    private static String first(Element parent, String name) {
        List<String> texts = texts(parent, name);
        return texts.isEmpty() ? "" : texts.get(0);
    }
}
