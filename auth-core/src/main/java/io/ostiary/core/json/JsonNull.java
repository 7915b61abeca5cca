package io.ostiary.core.json;

/** JSON null inside lists, which may not hold a Java null. */
enum JsonNull {
    NULL;

    @Override
    public String toString() {
        return "null";
    }
}
