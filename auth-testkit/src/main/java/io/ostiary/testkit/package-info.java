/** Fakes, a movable clock and store contracts for tests of applications and extensions. */
@NullMarked
package io.ostiary.testkit;

import org.jspecify.annotations.NullMarked;
