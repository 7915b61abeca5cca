package io.ostiary.sample;

import java.util.Map;
import java.util.Set;

/** A server of this JVM for applications of others. */
interface ForeignServer {
    /** Before the start; {@code parameters} are what the server's own file for the application says. */
    void deploy(ForeignWar war, Map<String, String> parameters) throws Exception;

    /** Returns the base address. */
    String start() throws Exception;

    /** All url-patterns of servlets, from wherever the server has them. */
    Set<String> patterns(ForeignWar war);

    void end() throws Exception;
}
