package io.ostiary.matrix;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** As much of a web.xml as the applications of these tests use, for a container that reads none. */
final class WebXml {
    private final Element root;

    WebXml(Path directory) throws Exception {
        root = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(directory.resolve("WEB-INF/web.xml").toFile())
                .getDocumentElement();
    }

    /** Calls for each element of that name, in their order. */
    void each(String name, Consumer<Part> use) {
        children(root, name).forEach(element -> use.accept(new Part(element)));
    }

    private static List<Element> children(Element parent, String name) {
        List<Element> found = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element && element.getTagName().equals(name)) {
                found.add(element);
            }
        }
        return found;
    }

    record Part(Element element) {
        String text(String name) {
            return texts(name).get(0);
        }

        List<String> texts(String name) {
            return children(element, name).stream()
                    .map(child -> child.getTextContent().trim())
                    .toList();
        }

        List<Part> parts(String name) {
            return children(element, name).stream().map(Part::new).toList();
        }
    }
}
