/** Tells requests of this site from requests that another site made a browser send. */
@NullMarked
package io.ostiary.core.csrf;

import org.jspecify.annotations.NullMarked;
