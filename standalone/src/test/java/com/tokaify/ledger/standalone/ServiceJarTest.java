package com.tokaify.ledger.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceJarTest {
    private static final Heap HEAP = new Heap("64m");

    @TempDir private Path folder;
    private Path jar;
    private Path caches;

    @BeforeEach
    void buildAJar() throws IOException {
        jar = folder.resolve("service.jar");
        caches = folder.resolve("caches");
        Files.writeString(jar, "a jar");
        Files.setLastModifiedTime(jar, FileTime.from(Instant.ofEpochMilli(1_000)));
    }

    /** A service starts from its jar, until an earlier run has prepared something better. */
    @Test
    void startsFromTheCacheWhereThereIsOne() throws IOException {
        ServiceJar service = new ServiceJar(jar, caches);
        assertThat(service.command(HEAP)).endsWith("-jar", jar.toString());

        prepare("service.jar-1000");

        assertThat(service.command(HEAP))
                .contains("-XX:AOTCache=" + caches.resolve("service.jar-1000/classes.aot"))
                .endsWith("-jar", caches.resolve("service.jar-1000/service.jar").toString());
        assertThat(new ServiceJar(jar, null).command(HEAP)).endsWith("-jar", jar.toString());
    }

    /** What an older build was prepared as is not started instead of the newer one. */
    @Test
    void forgetsTheCacheOfAnotherBuild() throws IOException {
        prepare("service.jar-999");

        assertThat(new ServiceJar(jar, caches).command(HEAP)).endsWith("-jar", jar.toString());
    }

    private void prepare(String name) throws IOException {
        Files.createDirectories(caches.resolve(name));
        Files.writeString(caches.resolve(name).resolve("classes.aot"), "a cache");
    }
}
