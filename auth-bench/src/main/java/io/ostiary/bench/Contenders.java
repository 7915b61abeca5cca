package io.ostiary.bench;

/** All of them by name. */
final class Contenders {
    static {
        // Audit lines are made and written nowhere; the peers' logs go to slf4j-nop.
        java.util.logging.LogManager.getLogManager().reset();
    }

    private Contenders() {}

    static Contender named(String name, int threads) {
        return switch (name) {
            case "floor" -> new Floor(new OstiaryKit(true, threads));
            case "ostiary" -> new OstiaryKit(false, threads);
            case "ostiary-bare" -> new OstiaryKit(true, threads);
            case "shiro" -> new ShiroKit();
            case "pac4j-bare" -> new Pac4jKit(true, threads);
            case "pac4j" -> new Pac4jKit(false, threads);
            case "spring-bare" -> new SpringKit(true, threads);
            case "spring" -> new SpringKit(false, threads);
            default -> throw new IllegalArgumentException(name);
        };
    }
}
