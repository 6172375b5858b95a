package com.tokaify.ledger.standalone;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** One shell for all blocks of a page, so that what one stores the next can use. For one thread. */
final class Shell implements AutoCloseable {
    private static final String END = "---8<--- ";

    private final Process process;
    private final BufferedWriter input;
    private final BufferedReader output;

    /**
     * @param text standard output and standard error
     * @param status of the last command
     */
    record Printed(String text, int status) {}

    Shell(Path folder, Map<String, String> environment) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder("bash").directory(folder.toFile()).redirectErrorStream(true);
        // Every Java program would tell of it.
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        builder.environment().putAll(environment);
        process = builder.start();
        input = process.outputWriter();
        output = process.inputReader();
    }

    Printed run(String command) throws IOException {
        input.write(command + "\nstatus=$?; echo; echo \"" + END + "$status\"\n");
        input.flush();
        StringBuilder text = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith(END)) {
                return new Printed(text.toString(), Integer.parseInt(line.substring(END.length())));
            }
            text.append(line).append('\n');
        }
        throw new IOException("the shell has ended: " + text);
    }

    @Override
    public void close() {
        process.destroy();
    }
}
