package com.tokaify.ledger.local;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * The log file of one run of a process. Runs append to one file; a long one is put aside at the
 * next start and only one of those is kept, so that restarts do not fill the disk.
 *
 * @param start where this run's lines begin
 */
record ProcessLog(Path file, long start) {
    private static final long BYTES_MAX = 16L << 20;
    private static final int TAIL_BYTES = 16 << 10;

    /** The log of a run that is about to begin. */
    static ProcessLog begin(Path file) throws IOException {
        long size = Files.exists(file) ? Files.size(file) : 0;
        if (size < BYTES_MAX) {
            return new ProcessLog(file, size);
        }
        Files.move(
                file,
                file.resolveSibling(file.getFileName() + ".1"),
                StandardCopyOption.REPLACE_EXISTING);
        return new ProcessLog(file, 0);
    }

    /** The last lines of this run. */
    List<String> tail(int lines) throws IOException {
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            long from = Math.max(start, in.length() - TAIL_BYTES);
            byte[] bytes = new byte[Math.toIntExact(Math.max(0, in.length() - from))];
            in.seek(from);
            in.readFully(bytes);
            List<String> all = new String(bytes, StandardCharsets.UTF_8).lines().toList();
            return all.subList(Math.max(0, all.size() - lines), all.size());
        }
    }
}
