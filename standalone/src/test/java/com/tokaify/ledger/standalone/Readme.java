package com.tokaify.ledger.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The calls of the README, or of a page like it: each {@code sh} block that is followed by a {@code
 * json} block with what it prints.
 */
record Readme(List<Call> calls) {
    private static final Pattern CALL =
            Pattern.compile(
                    "```sh\\n(?<command>.*?)```\\s*```json\\n(?<output>.*?)```", Pattern.DOTALL);

    /**
     * What differs from run to run, and secrets, which the README cuts short; everything else must
     * be as printed.
     */
    private static final List<String> VOLATILE =
            List.of(
                    "(tok|acc)_[0-9a-z]{26}",
                    "sk-tkf[0-9A-Za-z]\\*{10}[0-9A-Za-z]{4}",
                    "sk-tkf[0-9A-Za-z…]{10,45}",
                    "\\d{4}-\\d{2}-\\d{2}T[0-9:.]+Z",
                    "(?<=\"(position|ageMillis|viewAgeMillis|sequence)\":)(\"[0-9:]*\"|\\d+)");

    record Call(String command, String output) {}

    static Readme read(Path file) throws IOException {
        List<Call> calls = new ArrayList<>();
        Matcher matcher = CALL.matcher(Files.readString(file));
        while (matcher.find()) {
            calls.add(new Call(matcher.group("command"), matcher.group("output")));
        }
        return new Readme(calls);
    }

    /** A text with everything that differs from run to run, and all layout, taken out. */
    static String essence(String text) {
        String essence = text;
        for (String pattern : VOLATILE) {
            essence = essence.replaceAll(pattern, "*");
        }
        return essence.replaceAll("\\s+", "");
    }
}
