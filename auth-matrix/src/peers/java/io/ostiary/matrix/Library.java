package io.ostiary.matrix;

/** What guards the application, in the order of the columns. */
enum Library {
    NONE("no library"),
    OSTIARY("Ostiary"),
    SHIRO("Shiro"),
    SPRING("Spring Security"),
    PAC4J("pac4j");

    final String title;

    Library(String title) {
        this.title = title;
    }

    Guarded start(Policy policy) throws Exception {
        return switch (this) {
            case NONE -> Bare.start();
            case OSTIARY -> OstiaryGuarded.start(policy);
            case SHIRO -> ShiroGuarded.start(policy);
            case SPRING -> SpringGuarded.start(policy);
            case PAC4J -> Pac4jGuarded.start(policy);
        };
    }
}
