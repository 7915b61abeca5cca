package io.ostiary.core.endpoint;

import io.ostiary.core.AuthRequest;
import io.ostiary.core.Reply;
import io.ostiary.core.oauth.LogoutNotice;
import io.ostiary.core.oauth.OAuthLogout;
import io.ostiary.core.spi.AuthEvent;
import io.ostiary.core.spi.LogoutTargets;
import java.util.function.Consumer;

/** Takes what providers say about logouts, ends what it may, and tells the audit. */
final class ProviderNotices {
    static final String BACK = "/backchannel-logout/";
    static final String FRONT = "/frontchannel-logout/";
    private final OAuthLogout logout;
    private final LogoutTargets proven;
    private final LogoutTargets unproven;
    private final Endpoints.SignedIn parts;

    ProviderNotices(OAuthLogout logout, LogoutTargets proven, Endpoints.SignedIn parts, Consumer<String> endOfSession) {
        this.logout = logout;
        this.proven = proven;
        this.unproven = target -> parts.sessions().endFound(target, endOfSession);
        this.parts = parts;
    }

    Endpoints.Route instead(Endpoints.Route route) {
        return switch (route.path()) {
            case BACK -> new Endpoints.Route("POST", BACK, true, this::backChannel);
            case FRONT -> new Endpoints.Route("GET", FRONT, true, this::frontChannel);
            default -> route;
        };
    }

    private Reply backChannel(AuthRequest request) {
        LogoutNotice notice = logout.backChannel(request, LoginStartEndpoint.lastSegment(request.path()), proven);
        if (notice instanceof LogoutNotice.Ended) {
            tell(request);
        }
        return notice.reply();
    }

    /** Anybody can send one, so one that ended nothing is not worth a line. */
    private Reply frontChannel(AuthRequest request) {
        LogoutNotice notice = logout.frontChannel(request, LoginStartEndpoint.lastSegment(request.path()), unproven);
        if (notice instanceof LogoutNotice.Ended ended && ended.sessions() > 0) {
            tell(request);
        }
        return notice.reply();
    }

    private void tell(AuthRequest request) {
        parts.listener()
                .on(AuthEvent.of(AuthEvent.Type.SESSIONS_ENDED, parts.clock().instant(), "", null, null, request));
    }
}
