package io.ostiary.core.page;

import io.ostiary.core.Reply;

/** Documents for the script of a Jakarta Faces page: it reads nothing but these, and only with status 200. */
public final class PartialResponse {
    private PartialResponse() {}

    /**
     * Makes the browser open another page, as a redirect cannot: the script would be given the page behind it.
     *
     * @param location an absolute path, percent-encoded
     * @return a reply with status 200
     */
    public static Reply redirect(String location) {
        return Reply.text(
                200,
                "text/xml;charset=UTF-8",
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<partial-response><redirect url=\"" + Html.escape(location)
                        + "\"></redirect></partial-response>");
    }
}
