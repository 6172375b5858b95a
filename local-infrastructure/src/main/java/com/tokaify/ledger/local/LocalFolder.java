package com.tokaify.ledger.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The folder one running ledger keeps everything in: data, logs, and records of its processes. Only
 * its owner may look inside, since data and passwords lie there. One place that knows the layout,
 * so that a later start finds what an earlier one left.
 */
public record LocalFolder(Path root) {

    /** Makes the folder and its parts, or takes over an existing one, and closes it to others. */
    public static LocalFolder at(Path root) throws IOException {
        LocalFolder folder = new LocalFolder(root.toAbsolutePath().normalize());
        Files.createDirectories(folder.root);
        Files.setPosixFilePermissions(folder.root, PosixFilePermissions.fromString("rwx------"));
        Files.createDirectories(folder.logs());
        Files.createDirectories(folder.processRecords());
        return folder;
    }

    public Path data(String name) {
        return root.resolve(name);
    }

    public Path log(String name) {
        return logs().resolve(name + ".log");
    }

    public Path logs() {
        return root.resolve("log");
    }

    Path processRecord(String name) {
        return processRecords().resolve(name + ".process");
    }

    Path processRecords() {
        return root.resolve("run");
    }
}
