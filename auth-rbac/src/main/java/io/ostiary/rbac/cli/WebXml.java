package io.ostiary.rbac.cli;

import io.ostiary.core.config.ConfigurationException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** What a command wants to know of an application's {@code web.xml}. */
final class WebXml {
    private static final String NAME = "/WEB-INF/web.xml";
    private static final String RULES_FILTER = "io.ostiary.servlet.RulesFilter";

    private WebXml() {}

    /** The rules file that the first RulesFilter names; null if there is no such filter. */
    static @Nullable String rules(Path war) {
        NodeList filters = parse(Texts.of(war, NAME)).getElementsByTagName("filter");
        for (int i = 0; i < filters.getLength(); i++) {
            Element filter = (Element) filters.item(i);
            if (RULES_FILTER.equals(text(filter, "filter-class"))) {
                NodeList params = filter.getElementsByTagName("init-param");
                for (int p = 0; p < params.getLength(); p++) {
                    Element param = (Element) params.item(p);
                    if ("rules".equals(text(param, "param-name"))) {
                        return text(param, "param-value");
                    }
                }
            }
        }
        return null;
    }

    private static String text(Element parent, String name) {
        NodeList found = parent.getElementsByTagName(name);
        return found.getLength() == 0 ? "" : found.item(0).getTextContent().strip();
    }

    private static Element parse(String xml) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
            // A descriptor may come from a stranger: nothing outside of it is read for it.
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            DocumentBuilder builder = factory.newDocumentBuilder();
            builder.setErrorHandler(null);
            return builder.parse(new InputSource(new StringReader(xml))).getDocumentElement();
        } catch (ParserConfigurationException | SAXException | IOException unreadable) {
            throw new ConfigurationException("'" + NAME + "' cannot be read as XML without a document type ("
                    + unreadable.getClass().getSimpleName() + ")");
        }
    }
}
