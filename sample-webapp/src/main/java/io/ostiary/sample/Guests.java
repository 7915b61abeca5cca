package io.ostiary.sample;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The guest list. A real application has a table for it. Thread-safe. */
final class Guests {
    private static final int MOST = 100;
    private static final int LONGEST = 60;
    private final Map<Integer, Guest> all = new TreeMap<>();
    private int last;

    /** One row of the list. */
    record Guest(int id, String name, boolean arrived) {}

    Guests() {
        add("Grace Hopper");
        add("Alan Turing");
    }

    /** Whether somebody can be called that. */
    static boolean isName(@Nullable String name) {
        return name != null && !name.isBlank() && name.length() <= LONGEST;
    }

    synchronized List<Guest> list() {
        return new ArrayList<>(all.values());
    }

    synchronized @Nullable Guest find(int id) {
        return all.get(id);
    }

    /** Null if the list is full. */
    synchronized @Nullable Guest add(String name) {
        if (all.size() >= MOST) {
            return null;
        }
        Guest guest = new Guest(++last, name, false);
        all.put(guest.id(), guest);
        return guest;
    }

    synchronized @Nullable Guest rename(int id, String name) {
        return all.computeIfPresent(id, (unused, guest) -> new Guest(id, name, guest.arrived()));
    }

    synchronized @Nullable Guest toggle(int id) {
        return all.computeIfPresent(id, (unused, guest) -> new Guest(id, guest.name(), !guest.arrived()));
    }

    synchronized @Nullable Guest remove(int id) {
        return all.remove(id);
    }
}
