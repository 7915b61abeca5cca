package io.ostiary.apikey.cli;

import io.ostiary.core.config.ConfigurationException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.time.InstantSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Entry point: {@code java -jar auth-apikey-cli.jar apikey create --file keys.properties --owner billing}. */
@Command(
        name = "ostiary",
        description = "Looks after the files of Ostiary.",
        subcommands = {ApiKeyCommand.class, CommandLine.HelpCommand.class})
public final class Main {
    private Main() {}

    /**
     * Runs one command and ends the process: 0 done, 1 refused, 2 wrong usage.
     *
     * @param arguments the command line
     */
    public static void main(String[] arguments) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        System.exit(run(InstantSource.system(), out, err, arguments));
    }

    static int run(InstantSource clock, PrintWriter out, PrintWriter err, String... arguments) {
        CommandLine line =
                new CommandLine(new Main(), new Commands(clock)).setOut(out).setErr(err);
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            if (failure instanceof IllegalArgumentException || failure instanceof ConfigurationException) {
                err.println(failure.getMessage());
                return CommandLine.ExitCode.SOFTWARE;
            }
            if (failure instanceof NoSuchFileException missing) {
                err.println(missing.getFile() + " does not exist");
                return CommandLine.ExitCode.SOFTWARE;
            }
            throw failure;
        });
        return line.execute(arguments);
    }

    /** Hands the clock to the commands that need one. */
    private record Commands(InstantSource clock) implements CommandLine.IFactory {
        @Override
        public <K> K create(Class<K> type) throws Exception {
            if (type == ApiKeyCommand.class) {
                return type.cast(new ApiKeyCommand(clock));
            }
            return CommandLine.defaultFactory().create(type);
        }
    }
}
