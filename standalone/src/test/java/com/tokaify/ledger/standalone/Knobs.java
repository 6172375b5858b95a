package com.tokaify.ledger.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The environment variables a service reads, as its settings name them.
 *
 * @param withDefault whether it has a value where nobody sets it, by name
 */
record Knobs(Map<String, Boolean> withDefault) {
    private static final Pattern KNOB =
            Pattern.compile("\\$\\{(?<name>LEDGER_[A-Z_]+)(?<rest>[:}])");

    static Knobs of(String module) {
        Map<String, Boolean> found = new LinkedHashMap<>();
        for (Path file :
                new Path[] {
                    resources("service-kit").resolve("ledger-service.yaml"),
                    resources(module).resolve("application.yaml")
                }) {
            Matcher knob = KNOB.matcher(read(file));
            while (knob.find()) {
                found.put(knob.group("name"), knob.group("rest").equals(":"));
            }
        }
        return new Knobs(found);
    }

    private static Path resources(String module) {
        return ComposeFile.TOP.resolve(module).resolve("src/main/resources");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Set<String> names() {
        return withDefault.keySet();
    }

    /** Those without a default. */
    Set<String> required() {
        return withDefault.entrySet().stream()
                .filter(knob -> !knob.getValue())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }
}
