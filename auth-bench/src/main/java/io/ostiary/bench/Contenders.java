package io.ostiary.bench;

/** All of them by name. */
final class Contenders {
    private Contenders() {}

    static Contender named(String name) {
        return switch (name) {
            case "floor" -> new Floor(new OstiaryKit(true));
            case "ostiary" -> new OstiaryKit(false);
            case "ostiary-bare" -> new OstiaryKit(true);
            default -> throw new IllegalArgumentException(name);
        };
    }
}
