package io.ostiary.servlet;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a servlet class: only holders of all these permissions get there, whatever its url-patterns. Enforced by
 * {@link AnnotationFilter}, without which the application does not start.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface RequiresPermission {
    /**
     * Names the permissions.
     *
     * @return concrete names such as {@code report.read}, at least one
     */
    String[] value();
}
