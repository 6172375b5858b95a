package com.tokaify.ledger.audit.report;

import com.tokaify.ledger.events.codec.StrictJson;
import java.io.Console;
import java.io.PrintWriter;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Where a command's answer goes: lines for people, or with {@code --json} one object. Progress goes
 * to the terminal beside it and only to a terminal, so that answers can be piped.
 */
public final class Output {
    @Option(names = "--json", description = "Answer with one JSON object.")
    private boolean json;

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    public void print(Answer answer) {
        PrintWriter out = Objects.requireNonNull(command).commandLine().getOut();
        if (json) {
            out.println(StrictJson.MAPPER.writeValueAsString(answer));
        } else {
            answer.print(out);
        }
        out.flush();
    }

    /** Where nobody sits at both ends there is no console, or one that is no terminal. */
    @SuppressWarnings("SystemConsoleNull") // true of one of its two implementations
    private static boolean isTerminal() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }

    /**
     * @param what the work, as a part of a sentence: {@code replaying the event store}
     * @param events how many will come
     */
    public Progress progress(String what, long events) {
        return !json && isTerminal()
                ? new ProgressBar(
                        Objects.requireNonNull(command).commandLine().getErr(), what, events)
                : Progress.UNSEEN;
    }
}
