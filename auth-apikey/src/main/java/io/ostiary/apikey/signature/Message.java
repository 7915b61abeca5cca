package io.ostiary.apikey.signature;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a signature may cover of a message, as it is on the wire. */
interface Message {
    String method();

    String scheme();

    String authority();

    /** Raw, begins with a slash. */
    String path();

    /** Raw, without the question mark. */
    @Nullable
    String query();

    /** Zero for a request. */
    default int status() {
        return 0;
    }

    /** One for each line, in order. */
    List<String> headers(String lowerCaseName);
}
