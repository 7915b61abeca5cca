package io.ostiary.bench;

/** A security library set up with the policy of all the scenarios. */
interface Contender {
    /**
     * Prepares one kind of request.
     *
     * @return what sends it again and again; null if the library has nothing of the kind
     */
    Exchange exchange(Scenario scenario) throws Exception;
}
