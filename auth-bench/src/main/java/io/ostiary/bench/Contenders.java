package io.ostiary.bench;

/** All of them by name. */
final class Contenders {
    static {
        // Audit lines are made and written nowhere; the peers' logs go to slf4j-nop.
        java.util.logging.LogManager.getLogManager().reset();
    }

    private Contenders() {}

    static Contender named(String name) {
        return switch (name) {
            case "floor" -> new Floor(new OstiaryKit(true));
            case "ostiary" -> new OstiaryKit(false);
            case "ostiary-bare" -> new OstiaryKit(true);
            case "shiro" -> new ShiroKit();
            case "pac4j-bare" -> new Pac4jKit(true);
            case "pac4j" -> new Pac4jKit(false);
            case "spring-bare" -> new SpringKit(true);
            case "spring" -> new SpringKit(false);
            default -> throw new IllegalArgumentException(name);
        };
    }
}
