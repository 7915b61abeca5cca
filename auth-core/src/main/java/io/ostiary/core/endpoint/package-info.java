/** The kit's own pages: login, callback, logout, session; each answers a request with a reply. */
@NullMarked
package io.ostiary.core.endpoint;

import org.jspecify.annotations.NullMarked;
