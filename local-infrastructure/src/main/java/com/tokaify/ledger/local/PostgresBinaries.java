package com.tokaify.ledger.local;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * PostgreSQL's programs, unpacked from the class path into the user's cache once. The cache folder
 * is named after the archive's own digest, so that a changed archive is never taken for an old one,
 * and appears by a rename, so that nobody meets a half-unpacked one however many start at once.
 */
final class PostgresBinaries {
    private static final int DIGEST_CHARACTERS = 16;
    private static final Set<PosixFilePermission> PROGRAM =
            PosixFilePermissions.fromString("rwxr-xr-x");

    private final Path folder;

    private PostgresBinaries(Path folder) {
        this.folder = folder;
    }

    Path program(String name) {
        return folder.resolve("bin").resolve(name);
    }

    static PostgresBinaries inCache() throws IOException {
        return unpackedInto(cacheHome().resolve("tokaify-ledger"));
    }

    private static Path cacheHome() {
        if (Unprivileged.isRoot()) {
            // Root's home is closed to the user it may have to run PostgreSQL as.
            return Path.of("/var/cache");
        }
        String configured = System.getenv("XDG_CACHE_HOME");
        return configured == null || configured.isBlank()
                ? Path.of(System.getProperty("user.home"), ".cache")
                : Path.of(configured);
    }

    static PostgresBinaries unpackedInto(Path cache) throws IOException {
        String archive = archiveName();
        String name =
                archive.replace(".txz", "") + "-" + sha256(archive).substring(0, DIGEST_CHARACTERS);
        Path folder = cache.resolve(name);
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(cache);
            Path unfinished = Files.createTempDirectory(cache, name + ".unpacking-");
            Files.setPosixFilePermissions(unfinished, PROGRAM);
            unpack(archive, unfinished);
            try {
                Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
            } catch (FileSystemException e) {
                if (!Files.isDirectory(folder)) {
                    throw e;
                }
                // Another start was faster, with the same content.
                FileTrees.delete(unfinished);
            }
        }
        return new PostgresBinaries(folder);
    }

    private static String archiveName() {
        String system =
                switch (System.getProperty("os.name").toLowerCase(Locale.ROOT)) {
                    case "linux" -> "linux";
                    case "mac os x" -> "darwin";
                    case String other ->
                            throw new StartFailure("no PostgreSQL is packaged for " + other);
                };
        String machine =
                switch (System.getProperty("os.arch")) {
                    case "amd64", "x86_64" -> "x86_64";
                    case "aarch64" -> "arm_64";
                    case String other ->
                            throw new StartFailure("no PostgreSQL is packaged for " + other);
                };
        return "postgres-" + system + "-" + machine + ".txz";
    }

    private static InputStream open(String archive) {
        InputStream in = PostgresBinaries.class.getClassLoader().getResourceAsStream(archive);
        if (in == null) {
            throw new StartFailure(
                    archive + " is not on the class path: build on the machine that runs it");
        }
        return in;
    }

    private static String sha256(String archive) throws IOException {
        try (DigestInputStream in =
                new DigestInputStream(open(archive), MessageDigest.getInstance("SHA-256"))) {
            in.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(in.getMessageDigest().digest());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    private static void unpack(String archive, Path into) throws IOException {
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(
                        new BufferedInputStream(
                                new XZInputStream(new BufferedInputStream(open(archive)))))) {
            for (TarArchiveEntry entry = tar.getNextEntry();
                    entry != null;
                    entry = tar.getNextEntry()) {
                unpackEntry(tar, entry, into);
            }
        }
    }

    private static void unpackEntry(TarArchiveInputStream tar, TarArchiveEntry entry, Path into)
            throws IOException {
        Path target = into.resolve(entry.getName()).normalize();
        if (!target.startsWith(into)) {
            throw new IOException("the archive's " + entry.getName() + " leads out of its folder");
        }
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
        } else {
            Files.copy(tar, target);
            if ((entry.getMode() & 0100) != 0) {
                Files.setPosixFilePermissions(target, PROGRAM);
            }
        }
    }
}
