package io.ostiary.sample.launcher;

import io.ostiary.core.config.ConfigurationException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;
import java.util.logging.LogManager;

/** The launcher as a command. */
final class Console {
    private Console() {}

    static void run() throws InterruptedException {
        quietLogs();
        RunningSample sample;
        try {
            sample = SampleLauncher.start(Options.ofSystemProperties());
        } catch (Exception e) {
            complain(e);
            System.exit(1);
            return;
        }
        stopAtExit(sample);
        System.out.println(welcome(sample));
        new CountDownLatch(1).await();
    }

    /** The last cause speaks: that is the application's own message about its settings. */
    private static void complain(Exception fault) {
        Throwable last = fault;
        while (last.getCause() != null) {
            last = last.getCause();
        }
        if (!wordsForPeople(last)) {
            fault.printStackTrace();
        }
        System.err.println("\nThe sample did not start: " + (last.getMessage() == null ? last : last.getMessage()));
    }

    private static boolean wordsForPeople(Throwable cause) {
        // By name: the application has its own copy of the class.
        return cause instanceof IOException
                || cause instanceof IllegalArgumentException
                || cause.getClass().getName().equals(ConfigurationException.class.getName());
    }

    static String welcome(RunningSample sample) {
        StringBuilder text = new StringBuilder(512);
        text.append("\n  Ostiary sample   ").append(sample.baseUrl()).append("/\n");
        if (sample.providerUrl() != null) {
            text.append("  Sign in as       ");
            Persona.KNOWN.forEach(persona -> text.append(persona.username())
                    .append(" (")
                    .append(persona.roleText())
                    .append("), "));
            text.append("or any name you like\n  Provider         ")
                    .append(sample.providerUrl())
                    .append('\n');
        }
        if (sample.demoKey() != null) {
            text.append("  As a program     curl -i -H 'X-API-KEY: ")
                    .append(sample.demoKey())
                    .append("' ")
                    .append(sample.baseUrl())
                    .append("/api/v1/whoami\n")
                    .append("  To sign with     export ")
                    .append(sample.demoEnvironment())
                    .append('\n');
        }
        return text.append("  Stop             Ctrl-C\n").toString();
    }

    private static void stopAtExit(RunningSample sample) {
        PrintStream out = System.out;
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            sample.close();
                            out.println("Stopped.");
                            out.flush();
                            // To be told to stop is how this program ends well; without this the exit code would be
                            // 130.
                            Runtime.getRuntime().halt(0);
                        },
                        "stop"));
    }

    private static void quietLogs() {
        if (System.getProperty("java.util.logging.config.file") != null) {
            return;
        }
        try (InputStream settings = Console.class.getResourceAsStream("logging.properties")) {
            if (settings != null) {
                LogManager.getLogManager().readConfiguration(settings);
            }
        } catch (IOException e) {
            System.err.println("The log keeps its usual form: " + e.getMessage());
        }
    }
}
