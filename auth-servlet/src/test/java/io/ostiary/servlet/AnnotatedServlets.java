package io.ostiary.servlet;

import jakarta.annotation.security.DeclareRoles;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Servlets as an application would annotate them. */
final class AnnotatedServlets {
    private AnnotatedServlets() {}

    /** No annotation. */
    public static class Plain extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().print("SECRET for " + request.getRemoteUser());
        }
    }

    @RolesAllowed({"admin", "auditor"})
    @DeclareRoles("admin")
    public static class Admin extends Plain {
        private static final long serialVersionUID = 1L;
    }

    /** Says nothing itself. */
    public static class AdminChild extends Admin {
        private static final long serialVersionUID = 1L;
    }

    @PermitAll
    public static class OpenChild extends Admin {
        private static final long serialVersionUID = 1L;
    }

    @DenyAll
    public static class Closed extends Plain {
        private static final long serialVersionUID = 1L;
    }

    @RequiresPermission({"report.read", "report.print"})
    public static class Report extends Plain {
        private static final long serialVersionUID = 1L;
    }

    @RolesAllowed("admin")
    @RequiresPermission("report.read")
    public static class Both extends Plain {
        private static final long serialVersionUID = 1L;
    }

    @RolesAllowed("boss")
    public static class UnknownRole extends Plain {
        private static final long serialVersionUID = 1L;
    }

    @RolesAllowed({})
    public static class NoRole extends Plain {
        private static final long serialVersionUID = 1L;
    }

    @RequiresPermission({})
    public static class NoPermission extends Plain {
        private static final long serialVersionUID = 1L;
    }

    @RequiresPermission("report.*")
    public static class Wildcard extends Plain {
        private static final long serialVersionUID = 1L;
    }

    @PermitAll
    @RolesAllowed("admin")
    public static class Contradiction extends Plain {
        private static final long serialVersionUID = 1L;
    }

    @DenyAll
    @RequiresPermission("report.read")
    public static class OtherContradiction extends Plain {
        private static final long serialVersionUID = 1L;
    }
}
