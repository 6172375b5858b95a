package com.tokaify.ledger.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What {@code ops/containers/make-secrets.sh} makes, by running it. */
final class MadeSecrets {
    private static final Path SCRIPT = ComposeFile.TOP.resolve("ops/containers/make-secrets.sh");

    private MadeSecrets() {}

    /**
     * Runs the script on a folder.
     *
     * @return every file in it, by its path there, as base64
     */
    static Map<String, String> in(Path folder) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder("bash", SCRIPT.toAbsolutePath().toString())
                        .redirectErrorStream(true);
        builder.environment().put("LEDGER_SECRETS_TOP", folder.toString());
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
            throw new AssertionError("the script failed: " + output);
        }
        TreeMap<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
                files.put(
                        folder.relativize(file).toString(),
                        Base64.getEncoder().encodeToString(Files.readAllBytes(file)));
            }
        }
        return files;
    }
}
