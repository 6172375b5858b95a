package com.tokaify.ledger.local;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line of a child JVM: the same Java as the supervisor's, with a heap of its own. */
public record JvmCommand(String heap, List<String> options) {
    public JvmCommand {
        if (!heap.matches("[1-9][0-9]*[kmg]")) {
            throw new IllegalArgumentException(
                    "a heap size is a number with k, m or g, not '" + heap + "'");
        }
        options = List.copyOf(options);
    }

    public JvmCommand(String heap) {
        this(heap, List.of());
    }

    public List<String> jar(Path jar, String... arguments) {
        List<String> command = command("-jar", jar.toString());
        command.addAll(List.of(arguments));
        return command;
    }

    /** A main class on the supervisor's own class path. */
    public List<String> main(Class<?> main, String... arguments) {
        List<String> command = command("-cp", System.getProperty("java.class.path"));
        command.add(main.getName());
        command.addAll(List.of(arguments));
        return command;
    }

    private List<String> command(String... what) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx" + heap);
        // Half dead is worse than dead: the supervisor starts it again.
        command.add("-XX:+ExitOnOutOfMemoryError");
        command.addAll(options);
        command.addAll(List.of(what));
        return command;
    }
}
