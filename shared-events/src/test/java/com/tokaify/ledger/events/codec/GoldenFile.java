package com.tokaify.ledger.events.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A file that fixes bytes of the contract for ever. Tests compare with it and never write it,
 * unless they are run with {@code -Dledger.golden=write}: then they write and fail, so that no
 * build passes by rewriting the contract. The shared-events README tells when that is right.
 */
public record GoldenFile(Path path) {
    private static final Path FOLDER = Path.of("src/test/resources/golden");

    public static GoldenFile named(String name) {
        return new GoldenFile(FOLDER.resolve(name));
    }

    /**
     * Every golden file of a kind in a folder below {@code golden}, in the order of their names.
     */
    public static List<GoldenFile> all(String folder, String suffix) throws IOException {
        try (Stream<Path> files = Files.list(FOLDER.resolve(folder).normalize())) {
            return files.filter(file -> file.toString().endsWith(suffix))
                    .sorted()
                    .map(GoldenFile::new)
                    .toList();
        }
    }

    public byte[] bytes() throws IOException {
        return Files.readAllBytes(path);
    }

    public String name() {
        return path.getFileName().toString();
    }

    /** Fails where the file is missing or its bytes are not exactly these. */
    public void assertIs(byte[] actual) throws IOException {
        if ("write".equals(System.getProperty("ledger.golden"))) {
            Files.createDirectories(path.getParent());
            Files.write(path, actual);
            fail("wrote %s: read the difference, then run again without ledger.golden", path);
        }
        assertThat(path).exists().hasBinaryContent(actual);
    }

    @Override
    public String toString() {
        return name();
    }
}
