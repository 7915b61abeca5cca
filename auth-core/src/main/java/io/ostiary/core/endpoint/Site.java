package io.ostiary.core.endpoint;

import io.ostiary.core.AuthRequest;
import io.ostiary.core.BaseUrl;
import io.ostiary.core.ReturnTo;
import io.ostiary.core.UrlEncoded;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where things are in one application. All paths are inside the application, begin with a slash and are percent-encoded;
 * the last two may be whole addresses of a front end elsewhere.
 *
 * @param baseUrl public address of the application
 * @param path where the endpoints are mapped, for example {@code /auth}
 * @param loginPage the application's own login page; null for the built-in one
 * @param offersToRemember whether people may ask, when they log in, to stay logged in
 * @param afterLogin where a login without a place to return to leads
 * @param afterLogout where a logout leads
 */
public record Site(
        BaseUrl baseUrl,
        String path,
        @Nullable String loginPage,
        boolean offersToRemember,
        String afterLogin,
        String afterLogout) {

    /** The place the request wants to go to after the login; null if it names none that is safe and useful. */
    @Nullable
    ReturnTo next(AuthRequest request) {
        List<String> values = request.queryParameters("next");
        ReturnTo next = values.size() == 1 ? ReturnTo.parse(values.get(0)) : null;
        return next == null || leadsHere(request, next) ? null : next;
    }

    /** A place that exists in any case. */
    String landing(AuthRequest request, @Nullable ReturnTo next) {
        return next == null || leadsHere(request, next) ? at(request, afterLogin) : next.location();
    }

    String afterLogout(AuthRequest request) {
        return at(request, afterLogout);
    }

    /** A path of the application, or a page of a front end elsewhere, which only the settings can name. */
    private static String at(AuthRequest request, String place) {
        return place.startsWith("/") ? request.encodedContextPath() + place : place;
    }

    String link(AuthRequest request, String endpoint, @Nullable ReturnTo next) {
        String href = request.encodedContextPath() + path + endpoint;
        return next == null ? href : href + "?next=" + UrlEncoded.encode(next.location());
    }

    /** Going back to a login or logout page would turn in a circle. */
    private boolean leadsHere(AuthRequest request, ReturnTo next) {
        String own = request.encodedContextPath() + path;
        String login = loginPage == null ? own : request.encodedContextPath() + loginPage;
        return next.path().equals(own)
                || next.path().startsWith(own + "/")
                || next.path().equals(login);
    }
}
