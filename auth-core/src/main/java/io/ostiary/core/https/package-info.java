/** What comes without TLS is sent on, or refused. */
@NullMarked
package io.ostiary.core.https;

import org.jspecify.annotations.NullMarked;
