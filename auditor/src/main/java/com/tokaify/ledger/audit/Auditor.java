package com.tokaify.ledger.audit;

import com.tokaify.ledger.audit.command.CompareCommand;
import com.tokaify.ledger.audit.command.EnvironmentDefaults;
import com.tokaify.ledger.audit.command.ExitCode;
import com.tokaify.ledger.audit.command.ExportCommand;
import com.tokaify.ledger.audit.command.HistoryCommand;
import com.tokaify.ledger.audit.command.ReplayCommand;
import com.tokaify.ledger.audit.command.StateCommand;
import com.tokaify.ledger.audit.command.VerifyCommand;
import com.tokaify.ledger.audit.command.VerifyExportCommand;
import com.tokaify.ledger.audit.command.WhyCommand;
import com.tokaify.ledger.audit.command.WitnessCommand;
import com.tokaify.ledger.audit.source.SourceFailed;
import com.tokaify.ledger.events.InvalidField;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/**
 * Main class of {@code ./ledger audit}: a second opinion on a ledger, from what lies in its store
 * and on Kafka alone, by code of its own and with rights to read.
 */
@Command(
        name = "audit",
        description = "Replays and verifies a ledger, and changes nothing.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            HistoryCommand.class,
            StateCommand.class,
            WhyCommand.class,
            ReplayCommand.class,
            CompareCommand.class,
            VerifyCommand.class,
            ExportCommand.class,
            VerifyExportCommand.class,
            WitnessCommand.class,
            HelpCommand.class
        },
        footer = {
            "",
            "The exit code is 0 where all is well, 1 where there are findings or differences,",
            "2 where the question was not understood, 3 where the answer could not be found."
        })
public final class Auditor {
    private Auditor() {}

    public static void main(String[] arguments) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        System.exit(commandLine(System.getenv(), out, err).execute(arguments));
    }

    /** The whole command line, for {@link #main} and for tests. */
    public static CommandLine commandLine(
            Map<String, String> environment, PrintWriter out, PrintWriter err) {
        return new CommandLine(new Auditor())
                .setOut(out)
                .setErr(err)
                .setDefaultValueProvider(new EnvironmentDefaults(environment))
                .setExecutionExceptionHandler(Auditor::failed);
    }

    private static int failed(
            Exception failure, CommandLine command, CommandLine.ParseResult asked) {
        return switch (failure) {
            case InvalidField misunderstood -> {
                command.getErr().println("audit: " + misunderstood.getMessage());
                yield ExitCode.USAGE;
            }
            case SourceFailed notRead -> {
                command.getErr().println("audit: " + notRead.getMessage());
                yield ExitCode.NOT_DONE;
            }
            default -> {
                failure.printStackTrace(command.getErr());
                yield ExitCode.NOT_DONE;
            }
        };
    }
}
