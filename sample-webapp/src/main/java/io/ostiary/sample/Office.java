package io.ostiary.sample;

import io.ostiary.rbac.ObjectRule;
import io.ostiary.rbac.ObjectRules;
import io.ostiary.rbac.Rbac;
import io.ostiary.rbac.admin.RoleAdmin;
import io.ostiary.rbac.admin.RoleChangeListener;
import io.ostiary.rbac.store.UserKey;
import io.ostiary.servlet.OstiaryListener;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.time.InstantSource;

/** What the administrators' pages work with, made once when the application starts; every change goes to the audit log. */
public final class Office implements ServletContextListener {
    private static final String ATTRIBUTE = Desk.class.getName();

    /**
     * What is on the desk.
     *
     * @param rbac the role model that the filters decide by
     * @param admin changes roles
     * @param mayChange whose roles somebody may change
     * @param people who is known
     */
    record Desk(Rbac rbac, RoleAdmin admin, ObjectRule<UserKey> mayChange, People people) {}

    /** For the container. */
    public Office() {}

    @Override
    public void contextInitialized(ServletContextEvent event) {
        ServletContext context = event.getServletContext();
        Rbac rbac = OstiaryListener.rbac(context);
        RoleAdmin admin = new RoleAdmin(rbac, InstantSource.system(), RoleChangeListener.toAuditLog());
        ObjectRule<UserKey> mayChange =
                ObjectRules.<UserKey>permission(rbac.permissions(), "role").and(ObjectRules.notSelf());
        context.setAttribute(ATTRIBUTE, new Desk(rbac, admin, mayChange, new People()));
    }

    static Desk of(ServletContext context) {
        if (context.getAttribute(ATTRIBUTE) instanceof Desk desk) {
            return desk;
        }
        throw new IllegalStateException("web.xml does not name the listener " + Office.class.getName());
    }
}
