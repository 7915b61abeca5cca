package io.ostiary.matrix;

import java.io.IOException;

/** The application of the attack files behind one library; it knows ada, who is an admin, and vic, who is not. */
interface Guarded extends AutoCloseable {
    int port();

    /**
     * Signs somebody in the way that the library offers to browsers.
     *
     * @param query what is put behind the address that takes the login, with its question mark, or nothing
     * @return the answer that leads away from the login
     */
    Wire.Answer signIn(Visitor visitor, String name, String query) throws IOException;

    /** The query with which this library sends people to its login; empty where it remembers the place on its own. */
    default String remembered(Wire.Answer refusal) {
        return "";
    }

    default Wire wire() {
        return new Wire(port());
    }

    default Visitor visitor() {
        return new Visitor(wire());
    }

    @Override
    void close();
}
