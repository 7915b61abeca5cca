package io.ostiary.matrix;

/** Who may go where: {@code /admin/*} is for a role and {@code /app/*} for people who are signed in, always. */
enum Policy {
    /** As in the attack files: whatever is in no zone is open. */
    REST_OPEN("the rest open"),
    /** The stricter habit: whatever is not named as open is for people who are signed in. */
    REST_CLOSED("the rest closed"),
    /** As {@link #REST_OPEN}, with the setting of Spring Security that reads where to go from a parameter. */
    TARGET_PARAMETER("targetUrlParameter");

    final String title;

    Policy(String title) {
        this.title = title;
    }

    boolean closed() {
        return this == REST_CLOSED;
    }
}
