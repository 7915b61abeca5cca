package io.ostiary.core.session;

/**
 * Where sessions and remembered logins live when the memory of this process is not the place.
 *
 * @param sessions the store of sessions
 * @param remembered the store of remembered logins; asked only where {@code session.remember-me} is not {@code off}
 */
public record Stores(SessionStore sessions, RememberStore remembered) {
    /**
     * The same with a bound: whoever finds as many calls running as there may be waits a moment for one to end; if none does,
     * that is a fault, which denies. So stores that hang hold so many threads and no more.
     *
     * @param calls how many calls may run at once, in both stores together; at least 1
     * @return stores that throw {@link IllegalStateException} when they are asked for more
     */
    public Stores bounded(int calls) {
        Places places = new Places(calls);
        return new Stores(new BoundedSessionStore(sessions, places), new BoundedRememberStore(remembered, places));
    }
}
