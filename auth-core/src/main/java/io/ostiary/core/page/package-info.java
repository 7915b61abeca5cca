/** The kit's own pages as self-contained HTML. */
@NullMarked
package io.ostiary.core.page;

import org.jspecify.annotations.NullMarked;
