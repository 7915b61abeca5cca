/** What an extension implements: each interface has one method that matters and states its threading and failure rules. */
@NullMarked
package io.ostiary.core.spi;

import org.jspecify.annotations.NullMarked;
