/** The command line for key files; the only package that needs picocli. */
@NullMarked
package io.ostiary.apikey.cli;

import org.jspecify.annotations.NullMarked;
