package com.tokaify.ledger.enforcement.usage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * One file of the spool: frames, one after the other, only ever appended. A file that was there at
 * the start is only read.
 *
 * <p>Its channel is used by the spool's writer alone; what is known of it (the fields) is guarded
 * by the spool's lock.
 */
final class SpoolSegment {
    private final Path path;
    private final FileChannel channel;

    /** Bytes that are safe on disk. */
    private int durableBytes;

    /** Bytes that Kafka has, or that can never be read. */
    private int forwardedBytes;

    /** Reports that are safe on disk and not yet on Kafka, as far as they can be read. */
    private int waitingReports;

    private boolean corrupt;

    private SpoolSegment(Path path, FileChannel channel, int durableBytes) {
        this.path = path;
        this.channel = channel;
        this.durableBytes = durableBytes;
    }

    /** Makes a new file, and sees that its name survives a loss of power too. */
    static SpoolSegment create(Path path) throws IOException {
        SpoolSegment segment =
                new SpoolSegment(
                        path,
                        FileChannel.open(
                                path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        0);
        try (FileChannel folder =
                FileChannel.open(path.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
        return segment;
    }

    /** Takes over a file of an earlier run. */
    static SpoolSegment open(Path path) throws IOException {
        byte[] file = Files.readAllBytes(path);
        SpoolSegment segment =
                new SpoolSegment(
                        path, FileChannel.open(path, StandardOpenOption.READ), file.length);
        int place = 0;
        while (place < file.length) {
            place =
                    switch (SpoolFrame.read(file, place)) {
                        case SpoolFrame.Found.Whole(var reports, int end) -> {
                            segment.waitingReports += reports.size();
                            yield end;
                        }
                        case SpoolFrame.Found.Torn _ -> file.length;
                        case SpoolFrame.Found.Corrupt(_, int end) -> {
                            segment.corrupt = true;
                            yield end;
                        }
                    };
        }
        return segment;
    }

    /** Appends frames and returns when the disk has them. */
    void append(List<ByteBuffer> frames) throws IOException {
        for (ByteBuffer frame : frames) {
            while (frame.hasRemaining()) {
                channel.write(frame);
            }
        }
        channel.force(false);
    }

    /** The file's content as far as it is safe. */
    static byte[] read(Path path, int durableBytes) throws IOException {
        byte[] file = new byte[durableBytes];
        try (FileChannel reader = FileChannel.open(path, StandardOpenOption.READ)) {
            ByteBuffer into = ByteBuffer.wrap(file);
            while (into.hasRemaining()) {
                if (reader.read(into) < 0) {
                    throw new IOException(path + " has become shorter");
                }
            }
        }
        return file;
    }

    void close() throws IOException {
        channel.close();
    }

    Path path() {
        return path;
    }

    int durableBytes() {
        return durableBytes;
    }

    int forwardedBytes() {
        return forwardedBytes;
    }

    int waitingReports() {
        return waitingReports;
    }

    boolean corrupt() {
        return corrupt;
    }

    boolean forwarded() {
        return forwardedBytes == durableBytes;
    }

    void wrote(int bytes, int reports) {
        durableBytes += bytes;
        waitingReports += reports;
    }

    void forwarded(int toBytes, int reports, boolean foundCorrupt) {
        forwardedBytes = toBytes;
        waitingReports -= reports;
        corrupt |= foundCorrupt;
    }
}
