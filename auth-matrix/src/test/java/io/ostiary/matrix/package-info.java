/**
 * The same tests in every container that this build knows, one JVM each: which one is told by the system property
 * {@code matrix.container}. All of them read the same {@code web.xml}, and hear requests as the bytes of a socket.
 */
package io.ostiary.matrix;
