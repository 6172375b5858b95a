package com.tokaify.ledger.benchmarks;

import com.tokaify.ledger.local.StartFailure;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** What all benchmarks are from outside: a command line, lines of progress, and a report. */
@FunctionalInterface
public interface Benchmark {
    /** The exit code where something went wrong while measuring. */
    int FAILED = 1;

    /** The exit code where the command line asks for something else. */
    int MISUSED = 2;

    /**
     * @param command what takes the figures again
     * @return the report, as Markdown
     */
    String measure(String command, Options options, Consumer<String> progress) throws Exception;

    /**
     * Measures what the command line asks for and prints the report.
     *
     * @param name the command without its options
     * @return the exit code
     */
    static int run(
            String name,
            List<String> arguments,
            Benchmark benchmark,
            PrintStream out,
            PrintStream err) {
        try {
            Path services = Path.of(System.getProperty("ledger.services", "services"));
            Options options = Options.parse(arguments, services);
            String command = (name + " " + String.join(" ", arguments)).strip();
            String report = benchmark.measure(command, options, line -> out.println("  " + line));
            out.println();
            out.print(report);
            if (options.markdown().isPresent()) {
                Files.writeString(options.markdown().get(), report);
            }
            return 0;
        } catch (Options.Unusable e) {
            err.println(e.getMessage());
            return MISUSED;
        } catch (StartFailure e) {
            err.println("bench: " + e.getMessage());
            return FAILED;
        } catch (Exception e) {
            e.printStackTrace(err);
            return FAILED;
        }
    }
}
