/** Contract tests that every role store passes; published with the classifier {@code tck}. */
package io.ostiary.rbac.tck;
