package com.tokaify.ledger.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The Dockerfile, and what it makes of a service's jar, without Docker. */
record ContainerImage(List<String> instructions) {
    private static final String LAYERS = "COPY --from=layers /image/layers/";

    static ContainerImage described() {
        try {
            return new ContainerImage(
                    Files.readString(ComposeFile.TOP.resolve("Dockerfile"))
                            .replace("\\\n", " ")
                            .lines()
                            .map(String::strip)
                            .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                            .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The one instruction that begins so, without its beginning. */
    String instruction(String beginning) {
        List<String> found =
                instructions.stream().filter(each -> each.startsWith(beginning)).toList();
        if (found.size() != 1) {
            throw new AssertionError(beginning + " stands there " + found.size() + " times");
        }
        return found.getFirst().substring(beginning.length()).strip();
    }

    /** The last instruction of a kind that is written as a list. */
    List<String> list(String kind) {
        String text = instructions.stream().filter(each -> each.contains(kind)).toList().getLast();
        JsonNode list = JsonMapper.shared().readTree(text.substring(text.indexOf('[')));
        return list.valueStream().map(JsonNode::asString).toList();
    }

    /**
     * Takes a jar apart and puts it together as the image does.
     *
     * @return the folder that is the image's /service
     */
    Path layOut(Path jar, Path folder) throws IOException, InterruptedException {
        Path image = Files.createDirectories(folder.resolve("image"));
        Files.copy(jar, image.resolve("service.jar"));
        run(image, instruction("RUN java ").split(" ", -1));
        Path service = Files.createDirectories(folder.resolve("service"));
        for (String copy : instructions.stream().filter(each -> each.startsWith(LAYERS)).toList()) {
            String layer = copy.substring(LAYERS.length(), copy.indexOf("/ ", LAYERS.length()));
            copyInto(image.resolve("layers").resolve(layer), service);
        }
        return service;
    }

    private static void run(Path folder, String... arguments)
            throws IOException, InterruptedException {
        List<String> command =
                Stream.concat(
                                Stream.of(
                                        Path.of(System.getProperty("java.home"), "bin", "java")
                                                .toString()),
                                Stream.of(arguments))
                        .toList();
        Process process =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        if (!process.waitFor(2, TimeUnit.MINUTES) || process.exitValue() != 0) {
            throw new AssertionError(command + " failed: " + output);
        }
    }

    private static void copyInto(Path layer, Path service) throws IOException {
        try (Stream<Path> all = Files.walk(layer)) {
            for (Path file : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
                Path copy = service.resolve(layer.relativize(file));
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
    }
}
