/** One ordered file of rules over method and path; what no rule covers is denied, and every answer can be explained. */
@NullMarked
package io.ostiary.rbac.rules;

import org.jspecify.annotations.NullMarked;
