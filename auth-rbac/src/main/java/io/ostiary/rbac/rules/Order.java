package io.ostiary.rbac.rules;

/** Which of several rules that match decides; the file says it in its first statement. */
enum Order {
    /** The most specific path pattern decides, wherever it stands; a method that it does not name is denied. */
    MOST_SPECIFIC("most-specific"),
    /** The first rule in the file that matches path and method decides. */
    FILE("file");

    private final String word;

    Order(String word) {
        this.word = word;
    }

    @Override
    public String toString() {
        return word;
    }
}
