package io.ostiary.servlet;

import io.ostiary.core.AnswerMode;
import io.ostiary.core.Answers;
import io.ostiary.core.AuthEngine;
import io.ostiary.core.Policy;
import java.util.Set;

/**
 * A filter's settings, compiled once: the request path reads no text.
 *
 * @param engine looks at the schemes that the filter names
 * @param policy what it takes
 * @param mode for whom it answers
 * @param answers how it answers
 */
record Guard(AuthEngine engine, Policy policy, AnswerMode mode, Answers answers) {
    Set<String> schemes() {
        return engine.schemes();
    }
}
