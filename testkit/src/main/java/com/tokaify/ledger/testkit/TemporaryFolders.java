package com.tokaify.ledger.testkit;

import com.tokaify.ledger.local.FileTrees;
import com.tokaify.ledger.local.LocalFolder;
import com.tokaify.ledger.local.Orphans;
import com.tokaify.ledger.local.ProcessRecord;
import com.tokaify.ledger.local.StopSignal;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Temporary data folders that know which JVM they belong to. A test JVM that was killed leaves its
 * servers running and its folder behind; the next one finds them and cleans up.
 */
final class TemporaryFolders {
    private static final String PREFIX = "tokaify-ledger-test-";
    private static final String OWNER = "test-jvm";

    private TemporaryFolders() {}

    static LocalFolder create() throws IOException, InterruptedException {
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        cleanUpAfterKilledOnes(temporary);
        Path root = Files.createTempDirectory(temporary, PREFIX);
        ProcessRecord.of(ProcessHandle.current(), StopSignal.TERMINATE).write(root.resolve(OWNER));
        return LocalFolder.at(root);
    }

    static void delete(LocalFolder folder) throws IOException {
        FileTrees.delete(folder.root());
    }

    private static void cleanUpAfterKilledOnes(Path temporary)
            throws IOException, InterruptedException {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(temporary, PREFIX + "*")) {
            for (Path root : found) {
                boolean abandoned =
                        ProcessRecord.read(root.resolve(OWNER))
                                .filter(owner -> owner.running().isEmpty())
                                .isPresent();
                if (abandoned) {
                    LocalFolder folder = LocalFolder.at(root);
                    Orphans.stop(folder, Duration.ofSeconds(10));
                    delete(folder);
                }
            }
        }
    }
}
