/** Changing the roles of users: who may, what must stay true, and who hears of it. */
@NullMarked
package io.ostiary.rbac.admin;

import org.jspecify.annotations.NullMarked;
