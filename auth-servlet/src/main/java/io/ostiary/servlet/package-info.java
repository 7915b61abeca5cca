/** Filters and servlets that a web.xml maps, over one engine in the servlet context. */
@NullMarked
package io.ostiary.servlet;

import org.jspecify.annotations.NullMarked;
