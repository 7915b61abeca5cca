package io.ostiary.servlet;

import io.ostiary.core.runtime.Ostiary;
import jakarta.servlet.ServletContext;

/** Lets the benchmarks log somebody in without a provider. */
public final class BenchAccess {
    private BenchAccess() {}

    /** The kit of an application that the listener started. */
    public static Ostiary ostiary(ServletContext context) {
        return OstiaryListener.ostiary(context);
    }
}
