/** Strict, typed reading of key/value text; a mistake stops the deployment with place, key, value and what is allowed. */
@NullMarked
package io.ostiary.core.config;

import org.jspecify.annotations.NullMarked;
