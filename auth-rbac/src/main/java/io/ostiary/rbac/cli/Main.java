package io.ostiary.rbac.cli;

import io.ostiary.core.Identity;
import io.ostiary.core.Verdict;
import io.ostiary.core.config.ConfigurationException;
import io.ostiary.core.config.Settings;
import io.ostiary.rbac.Rbac;
import io.ostiary.rbac.rules.Explanation;
import io.ostiary.rbac.rules.Rules;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Entry point: {@code explain GET /admin/x --rules access.rules --settings auth.properties --roles viewer}. */
@Command(
        name = "ostiary-rbac",
        description = "Explains what roles, permissions and rules decide.",
        subcommands = CommandLine.HelpCommand.class)
public final class Main {
    /** The exit code of a request that would be refused. */
    private static final int REFUSED = 3;

    @Spec
    private @Nullable CommandSpec spec;

    private Main() {}

    /**
     * Runs one command and ends the process: 0 granted, 1 wrong settings or rules, 2 wrong usage, 3 refused.
     *
     * @param arguments the command line
     */
    public static void main(String[] arguments) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        System.exit(run(out, err, arguments));
    }

    static int run(PrintWriter out, PrintWriter err, String... arguments) {
        CommandLine line = new CommandLine(new Main()).setOut(out).setErr(err);
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            if (failure instanceof ConfigurationException) {
                err.println(failure.getMessage());
                return CommandLine.ExitCode.SOFTWARE;
            }
            throw failure;
        });
        return line.execute(arguments);
    }

    @Command(description = "Says which rule decides a request, and why.")
    int explain(
            @Parameters(paramLabel = "METHOD", description = "HTTP method, for example GET.") String method,
            @Parameters(paramLabel = "PATH", description = "Path inside the application, decoded.") String path,
            @Option(
                            names = "--rules",
                            description = "The rules file; /WEB-INF/... is inside --war. By default the one that the"
                                    + " RulesFilter in the web.xml of --war names.")
                    @Nullable
                    String rules,
            @Option(names = "--settings", description = "The settings; /WEB-INF/auth.properties of --war by default.")
                    @Nullable
                    String settings,
            @Option(names = "--war", description = "The application, a WAR file or its directory.") @Nullable Path war,
            @Option(names = "--as", description = "Subject of the user who asks; nobody by default.") @Nullable
                    String subject,
            @Option(names = "--issuer", defaultValue = "command-line", description = "Issuer of that subject.")
                    String issuer,
            @Option(names = "--roles", split = ",", description = "Roles that the credential brings.") @Nullable
                    List<String> roles) {
        if (settings == null && war == null) {
            throw new CommandLine.ParameterException(command(), "Missing required option: '--settings' or '--war'");
        }
        String named = settings == null ? "/WEB-INF/auth.properties" : settings;
        // Only keys below rbac. are read; secrets that other keys take from the environment need not be here.
        Settings read = Settings.builder(name -> "unset")
                .properties(named, Texts.of(war, named))
                .build();
        Rbac rbac = Rbac.from(read);
        Identity identity = identity(rbac, subject, issuer, roles);
        String file = rules == null ? rulesOf(war) : rules;
        Explanation explanation = Rules.parse(file, Texts.of(war, file), rbac).explain(method, path, identity);
        out().println(explanation);
        return explanation.verdict() == Verdict.GRANT ? CommandLine.ExitCode.OK : REFUSED;
    }

    private String rulesOf(@Nullable Path war) {
        String named = war == null ? null : WebXml.rules(war);
        if (named == null) {
            throw new CommandLine.ParameterException(
                    command(),
                    "Missing required option: '--rules'"
                            + (war == null
                                    ? ""
                                    : "; the web.xml of '" + war + "' has no RulesFilter. Other filters are"
                                            + " explained by RouteMap in the running application"));
        }
        return named;
    }

    private static @Nullable Identity identity(
            Rbac rbac, @Nullable String subject, String issuer, @Nullable List<String> roles) {
        if (subject == null && roles == null) {
            return null;
        }
        Identity bare = Identity.of("explain", issuer, subject == null ? "somebody" : subject, Instant.EPOCH);
        return rbac.enricher().enrich(bare.plusRoles(roles == null ? Set.of() : Set.copyOf(roles)));
    }

    private PrintWriter out() {
        return command().getOut();
    }

    private CommandLine command() {
        if (spec == null) {
            throw new IllegalStateException("not started from a command line");
        }
        return spec.commandLine();
    }
}
