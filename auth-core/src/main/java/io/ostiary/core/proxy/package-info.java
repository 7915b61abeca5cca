/** Which proxies are believed, and what they say. */
@NullMarked
package io.ostiary.core.proxy;

import org.jspecify.annotations.NullMarked;
