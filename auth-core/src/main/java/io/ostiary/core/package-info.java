/**
 * The kernel: who is asking, may they, and what is answered. Everything here is neutral of any HTTP stack; an adapter
 * supplies an {@link io.ostiary.core.AuthRequest} and writes a {@link io.ostiary.core.Reply}.
 */
@NullMarked
package io.ostiary.core;

import org.jspecify.annotations.NullMarked;
