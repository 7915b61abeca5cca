/** Starts the sample in an embedded server, with an OpenID Provider of its own; never part of the WAR. */
@NullMarked
package io.ostiary.sample.launcher;

import org.jspecify.annotations.NullMarked;
