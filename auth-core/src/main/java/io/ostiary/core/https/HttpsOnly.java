package io.ostiary.core.https;

import io.ostiary.core.Answers;
import io.ostiary.core.AuthRequest;
import io.ostiary.core.BaseUrl;
import io.ostiary.core.Reply;
import io.ostiary.core.ReturnTo;
import io.ostiary.core.UrlEncoded;
import io.ostiary.core.config.Settings;
import io.ostiary.core.spi.EdgeStep;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets only requests through that came over TLS. People who open a page without it are sent to the same page of the public
 * address; what a program sent, or what may change something, is refused, because it has gone over the wire in the clear
 * and would do so again unnoticed. Immutable and thread-safe.
 */
public final class HttpsOnly implements EdgeStep {
    private static final Set<String> READING = Set.of("GET", "HEAD");
    private final BaseUrl baseUrl;

    private HttpsOnly(BaseUrl baseUrl) {
        this.baseUrl = baseUrl;
    }

    private enum Redirect {
        ON,
        OFF
    }

    /**
     * Reads the setting {@code redirect} ({@code on}, or {@code off}, the default).
     *
     * @param section the settings of https
     * @param https whether the application's public address is https
     * @param baseUrl that address, the only target of redirects
     * @return null if it is off
     * @throws io.ostiary.core.config.ConfigurationException if a setting is wrong
     */
    public static @Nullable HttpsOnly from(Settings section, boolean https, BaseUrl baseUrl) {
        if (section.oneOf("redirect", Redirect.class, Redirect.OFF) == Redirect.OFF) {
            return null;
        }
        if (!https) {
            throw section.problem("redirect", "is 'on'; allowed: off, because 'base-url' is not https");
        }
        return new HttpsOnly(baseUrl);
    }

    @Override
    public @Nullable Reply before(AuthRequest request, Answer answer) {
        if (request.secure()) {
            return null;
        }
        Reply refused = Answers.refuse(
                request,
                403,
                new Answers.Refusal(
                        "https-required",
                        "Only over https",
                        "This was sent without protection on the way, so nothing was done with it.",
                        "Go to the protected page",
                        baseUrl.of(request) + "/",
                        "no TLS"));
        String place = READING.contains(request.method()) ? place(request) : null;
        // Whoever gets a page is a person; a program is told, or it would send its key in the clear for ever.
        boolean person = refused.headerOrEmpty("Content-Type").startsWith("text/html");
        return place == null || !person
                ? refused
                : Reply.empty(308).withHeader("Location", baseUrl.of(request) + place);
    }

    private static @Nullable String place(AuthRequest request) {
        String path = UrlEncoded.path(request.path()).replace(";", "%3B");
        String query = request.queryString();
        ReturnTo place = ReturnTo.parse(query == null ? path : path + '?' + query);
        return place == null ? null : place.location();
    }

    @Override
    public String toString() {
        return "https only";
    }
}
