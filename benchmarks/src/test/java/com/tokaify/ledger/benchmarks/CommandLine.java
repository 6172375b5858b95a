package com.tokaify.ledger.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A benchmark as people run it: by a command line, for a report. */
public final class CommandLine {
    private final Benchmarked benchmark;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    /** What a benchmark's {@code main} does before it exits. */
    @FunctionalInterface
    public interface Benchmarked {
        int run(List<String> arguments, PrintStream out, PrintStream err);
    }

    public CommandLine(Benchmarked benchmark) {
        this.benchmark = benchmark;
    }

    /**
     * @return the exit code
     */
    public int run(String... arguments) {
        return run(List.of(arguments));
    }

    private int run(List<String> arguments) {
        return benchmark.run(
                arguments, new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));
    }

    public String out() {
        return out.toString(UTF_8);
    }

    public String err() {
        return err.toString(UTF_8);
    }

    /**
     * The report of a run without complaints, which is printed and written alike.
     *
     * @param folder for the file
     */
    public String report(Path folder, String... arguments) throws IOException {
        Path markdown = folder.resolve("report.md");
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--markdown", markdown.toString()));
        int exitCode = run(all);
        assertThat(err()).isEmpty();
        assertThat(exitCode).isZero();
        String report = Files.readString(markdown);
        assertThat(out()).endsWith(report);
        return report;
    }
}
