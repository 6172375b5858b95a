package com.tokaify.ledger.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Properties;
import kafka.Kafka;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;

/**
 * Main class of the broker's own JVM: formats the storage folder the configuration names, where it
 * does not exist yet, and becomes the broker. In one JVM, since starting a second only to format
 * costs a second at the first start.
 */
public final class KafkaNode {
    private static final String LOG_DIRS = "log.dirs";

    private KafkaNode() {}

    public static void main(String[] arguments) throws IOException {
        Path configuration = Path.of(arguments[0]);
        Properties properties = new Properties();
        try (InputStream in = Files.newInputStream(configuration)) {
            properties.load(in);
        }
        Path data = Path.of(properties.getProperty(LOG_DIRS));
        if (!Files.isDirectory(data)) {
            format(configuration, properties, data);
        }
        Kafka.main(new String[] {configuration.toString()});
    }

    /** Under another name until it is whole, so that a killed first start leaves no half one. */
    private static void format(Path configuration, Properties properties, Path data)
            throws IOException {
        Path unfinished = data.resolveSibling(data.getFileName() + ".new");
        FileTrees.delete(unfinished);
        Path formatting = configuration.resolveSibling("format-" + configuration.getFileName());
        properties.setProperty(LOG_DIRS, unfinished.toString());
        try (OutputStream out = Files.newOutputStream(formatting)) {
            properties.store(out, null);
        }
        int exitCode =
                StorageTool.execute(
                        new String[] {
                            "format",
                            "--cluster-id",
                            Uuid.randomUuid().toString(),
                            "--config",
                            formatting.toString()
                        },
                        System.out);
        if (exitCode != 0) {
            throw new IOException("formatting " + unfinished + " ended with " + exitCode);
        }
        Files.delete(formatting);
        Files.move(unfinished, data, StandardCopyOption.ATOMIC_MOVE);
    }
}
