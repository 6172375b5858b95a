package com.tokaify.ledger.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresBinariesTest {
    @TempDir private Path cache;

    /** Several starts at once on an empty cache all get whole programs and leave nothing behind. */
    @Test
    void unpacksOnceHoweverManyStartAtOnce() throws Exception {
        Callable<Path> start = () -> PostgresBinaries.unpackedInto(cache).program("postgres");
        try (ExecutorService starters = Executors.newFixedThreadPool(2)) {
            for (var started : starters.invokeAll(List.of(start, start))) {
                assertThat(started.get()).isExecutable().isRegularFile();
            }
        }
        try (var entries = Files.list(cache)) {
            assertThat(entries).hasSize(1);
        }
    }
}
