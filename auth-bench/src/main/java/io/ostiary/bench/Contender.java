package io.ostiary.bench;

/** A security library set up with the policy of all the scenarios. One is made for each run, so its keys may be its own. */
interface Contender {
    /** Whether the library has an answer to requests of this kind at all. */
    boolean has(Scenario scenario);

    /**
     * Starts an application. If a scenario sends each request once, every start gets the same requests, which it has never
     * seen.
     */
    Running start(Scenario scenario) throws Exception;

    /** An application that runs. */
    @FunctionalInterface
    interface Running {
        /**
         * Prepares the requests of one thread.
         *
         * @param thread counted from 0
         */
        Exchange exchange(int thread) throws Exception;
    }
}
