package com.tokaify.ledger.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Every page of documentation of this repository. */
final class Pages {
    static final Path HOUSE = Path.of("..").toAbsolutePath().normalize();

    private Pages() {}

    static List<Path> all() throws IOException {
        try (Stream<Path> near = Files.walk(HOUSE, 3);
                Stream<Path> docs = Files.walk(HOUSE.resolve("docs"))) {
            return Stream.concat(near, docs)
                    .filter(file -> file.toString().endsWith(".md"))
                    .filter(file -> !file.toString().contains("/target/"))
                    .distinct()
                    .sorted()
                    .toList();
        }
    }
}
