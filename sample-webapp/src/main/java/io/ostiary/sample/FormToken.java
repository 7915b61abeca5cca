package io.ostiary.sample;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;

/** A secret in the session and in each form, so that another site cannot post in somebody's name. */
final class FormToken {
    private static final String NAME = "formToken";
    private static final SecureRandom RANDOM = new SecureRandom();

    private FormToken() {}

    static String of(HttpServletRequest request) {
        HttpSession session = request.getSession();
        if (session.getAttribute(NAME) instanceof String known) {
            return known;
        }
        byte[] bytes = new byte[24];
        RANDOM.nextBytes(bytes);
        String token = HexFormat.of().formatHex(bytes);
        session.setAttribute(NAME, token);
        return token;
    }

    static boolean sentWith(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        String sent = request.getParameter(NAME);
        return session != null
                && sent != null
                && session.getAttribute(NAME) instanceof String known
                && MessageDigest.isEqual(known.getBytes(StandardCharsets.UTF_8), sent.getBytes(StandardCharsets.UTF_8));
    }
}
