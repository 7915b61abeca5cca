/** Roles, their hierarchy and what they permit: read from settings, added to identities, asked by policies. */
@NullMarked
package io.ostiary.rbac;

import org.jspecify.annotations.NullMarked;
