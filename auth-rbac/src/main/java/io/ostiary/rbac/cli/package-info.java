/** The command line that explains decisions; the only package that needs picocli. */
@NullMarked
package io.ostiary.rbac.cli;

import org.jspecify.annotations.NullMarked;
