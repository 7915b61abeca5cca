package io.ostiary.apikey;

/**
 * Why nothing was done.
 *
 * @param status HTTP status
 * @param type last part of the problem type
 * @param title a few words
 * @param field what was wrong of that which was sent; empty if it was not that
 * @param detail a sentence in fixed words
 */
record Refusal(int status, String type, String title, String field, String detail) {
    static final Refusal NO_SUCH_KEY =
            new Refusal(404, "no-such-key", "No such key", "id", "You have no key of this id.");
    static final Refusal NOT_LIVE =
            new Refusal(409, "key-ended", "Key has ended", "id", "The key was withdrawn or has expired.");
    static final Refusal CHANGED = new Refusal(
            409,
            "changed-meanwhile",
            "Changed meanwhile",
            "",
            "The key was changed at the same time. Nothing was done.");
    static final Refusal TOO_OFTEN = new Refusal(
            429, "too-many-requests", "Too many keys", "", "You made too many keys within a day. Please wait.");
    static final Refusal NO_OWNER = new Refusal(403, "forbidden", "Forbidden", "", "Your account cannot own keys.");

    static Refusal field(String field, String detail) {
        return new Refusal(400, "invalid-field", "Bad Request", field, detail);
    }

    static Refusal exceeds(String field) {
        return new Refusal(
                403,
                "exceeds-rights",
                "Forbidden",
                field,
                "A key cannot do more than you: you do not have all of these.");
    }

    static Refusal tooMany(int most) {
        return new Refusal(
                409,
                "too-many-keys",
                "Too many keys",
                "",
                "You have " + most + " keys, and may not have more. Revoke one that you do not need.");
    }
}
