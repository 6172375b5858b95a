package com.tokaify.ledger.audit.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.tokaify.ledger.audit.core.LoggedEvent;
import com.tokaify.ledger.events.Position;
import com.tokaify.ledger.events.codec.StrictJson;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * A whole export of query-service ({@code /v1/audit/export}, NDJSON), which has all that events are
 * made of, the bytes of their payloads too. It is in the order of time; so the file is gone through
 * once when it is opened, to note where each event stands.
 */
public final class FileSource implements EventSource {
    /** What stands before the payload, which is the last of a line. */
    private static final byte[] DATA = ",\"data\":".getBytes(UTF_8);

    private static final byte[] END = "{\"complete\":".getBytes(UTF_8);

    private final Path file;
    private final List<Places> partitions;

    private FileSource(Path file, List<Places> partitions) {
        this.file = file;
        this.partitions = partitions;
    }

    /** A line beside its payload. */
    private record Line(
            String recordedAt,
            String type,
            String subject,
            String actor,
            String correlationId,
            String position,
            long sequence) {}

    private record End(boolean complete, long events) {}

    /** Where the lines of a partition begin, by position. */
    private static final class Places {
        private long[] pseqs = new long[16];
        private long[] offsets = new long[16];
        private int count;
        private boolean ordered = true;

        private void add(long pseq, long offset) {
            if (count == pseqs.length) {
                pseqs = Arrays.copyOf(pseqs, 2 * count);
                offsets = Arrays.copyOf(offsets, 2 * count);
            }
            ordered &= count == 0 || pseqs[count - 1] <= pseq;
            pseqs[count] = pseq;
            offsets[count] = offset;
            count++;
        }

        /** In the order of positions; those that are there twice stay side by side. */
        private void sort() {
            if (ordered) {
                return;
            }
            long[][] rows = new long[count][];
            for (int i = 0; i < count; i++) {
                rows[i] = new long[] {pseqs[i], offsets[i]};
            }
            Arrays.sort(rows, Comparator.comparingLong(row -> row[0]));
            for (int i = 0; i < count; i++) {
                pseqs[i] = rows[i][0];
                offsets[i] = rows[i][1];
            }
            ordered = true;
        }
    }

    /**
     * @throws SourceFailed where it is no export, or was cut
     */
    public static FileSource open(Path file) {
        List<Places> partitions = new ArrayList<>();
        long events = 0;
        long offset = 0;
        boolean complete = false;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 20)) {
            Lines lines = new Lines(in);
            for (byte[] line = lines.next(); line != null; line = lines.next()) {
                if (startsWith(line, END)) {
                    End end = StrictJson.MAPPER.readValue(line, End.class);
                    complete = end.complete() && end.events() == events;
                } else {
                    Position position = Position.parse(head(line).position());
                    while (partitions.size() <= position.partition()) {
                        partitions.add(new Places());
                    }
                    partitions.get(position.partition()).add(position.pseq(), offset);
                    events++;
                }
                offset += line.length + 1L;
            }
        } catch (IOException e) {
            throw new SourceFailed("cannot read " + file + ": " + e.getMessage(), e);
        } catch (JacksonException | IllegalArgumentException e) {
            throw new SourceFailed(file + " is no export: " + e.getMessage(), e);
        }
        if (!complete) {
            throw new SourceFailed(
                    file + " was cut: it does not end by a line that says it is complete");
        }
        partitions.forEach(Places::sort);
        return new FileSource(file, partitions);
    }

    /** Lines without their ends. */
    private static final class Lines {
        private final InputStream in;
        private byte[] line = new byte[4096];

        private Lines(InputStream in) {
            this.in = in;
        }

        private byte @Nullable [] next() throws IOException {
            int length = 0;
            for (int c = in.read(); c >= 0; c = in.read()) {
                if (c == '\n') {
                    return Arrays.copyOf(line, length);
                }
                if (length == line.length) {
                    line = Arrays.copyOf(line, 2 * length);
                }
                line[length++] = (byte) c;
            }
            return length == 0 ? null : Arrays.copyOf(line, length);
        }
    }

    private static boolean startsWith(byte[] line, byte[] start) {
        return line.length >= start.length
                && Arrays.equals(line, 0, start.length, start, 0, start.length);
    }

    private static Line head(byte[] line) {
        int data = data(line);
        byte[] head = Arrays.copyOf(line, data + 1);
        head[data] = '}';
        return StrictJson.MAPPER.readValue(head, Line.class);
    }

    /** Where the comma before the payload stands. No text before it can have quotes unescaped. */
    private static int data(byte[] line) {
        for (int at = 0; at + DATA.length < line.length; at++) {
            if (line[at] == ','
                    && Arrays.equals(line, at, at + DATA.length, DATA, 0, DATA.length)) {
                return at;
            }
        }
        throw new SourceFailed("a line has no data: " + new String(line, UTF_8));
    }

    @Override
    public String name() {
        return file.toString();
    }

    @Override
    public int partitions() {
        return partitions.size();
    }

    @Override
    public long end(int partition) {
        Places places = partitions.get(partition);
        return places.count == 0 ? 0 : places.pseqs[places.count - 1];
    }

    @Override
    public void read(int partition, long after, Sink sink) {
        Places places = partitions.get(partition);
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "r")) {
            for (int i = 0; i < places.count; i++) {
                if (places.pseqs[i] > after) {
                    open.seek(places.offsets[i]);
                    sink.accept(event(partition, places.pseqs[i], line(open)));
                }
            }
        } catch (IOException e) {
            throw new SourceFailed("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /**
     * An export does not say how many partitions there are, so it is not known which one to ask.
     */
    @Override
    public void readStream(String stream, Sink sink) {
        for (int partition = 0; partition < partitions.size(); partition++) {
            read(
                    partition,
                    0,
                    event -> {
                        if (event.stream().equals(stream)) {
                            sink.accept(event);
                        }
                    });
        }
    }

    private static byte[] line(RandomAccessFile open) throws IOException {
        byte[] line = new byte[1024];
        int length = 0;
        while (true) {
            int read = open.read(line, length, line.length - length);
            for (int i = length; i < length + read; i++) {
                if (line[i] == '\n') {
                    return Arrays.copyOf(line, i);
                }
            }
            if (read < 0) {
                return Arrays.copyOf(line, length);
            }
            length += read;
            if (length == line.length) {
                line = Arrays.copyOf(line, 2 * length);
            }
        }
    }

    private static LoggedEvent event(int partition, long pseq, byte[] line) {
        Line head = head(line);
        return new LoggedEvent(
                partition,
                pseq,
                head.subject(),
                head.sequence(),
                head.type(),
                head.recordedAt(),
                head.actor(),
                head.correlationId(),
                Arrays.copyOfRange(line, data(line) + DATA.length, line.length - 1));
    }

    @Override
    public void close() {
        // Nothing is kept open.
    }
}
