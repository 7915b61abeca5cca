package io.ostiary.core.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ostiary.core.config.Settings;
import io.ostiary.core.runtime.Ostiary;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The whole kit starts where Micrometer is not among the libraries. */
final class WithoutMicrometerTest {
    /** Defines the kit anew, and knows no Micrometer. */
    private static final class Without extends ClassLoader {
        Without() {
            super(WithoutMicrometerTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("io.micrometer.")) {
                throw new ClassNotFoundException(name);
            }
            if (!name.startsWith("io.ostiary.")) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> known = findLoadedClass(name);
                return known == null ? define(name) : known;
            }
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
                if (in == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }

    private static Object start(Map<String, String> values) throws Exception {
        ClassLoader without = new Without();
        Class<?> settings = without.loadClass(Settings.class.getName());
        Class<?> ostiary = without.loadClass(Ostiary.class.getName());
        assertNotSame(Ostiary.class, ostiary, "the one under test is another");
        Object read = settings.getMethod("of", Map.class).invoke(null, values);
        return ostiary.getMethod("start", settings, List.class).invoke(null, read, List.of());
    }

    @Test
    void startsAndDecides() throws Exception {
        assertNotNull(start(Map.of("development", "true")));
    }

    @Test
    void saysWhatIsMissingWhereItIsWanted() {
        InvocationTargetException wrapped = assertThrows(
                InvocationTargetException.class,
                () -> start(Map.of("development", "true", "metrics.micrometer", "on")));
        assertEquals(
                "settings: 'metrics.micrometer' is 'on', but io.micrometer:micrometer-core is not among the libraries;"
                        + " allowed: off, or add it",
                wrapped.getTargetException().getMessage());
    }
}
