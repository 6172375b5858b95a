package com.tokaify.ledger.benchmarks.project;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Records as rows of PostgreSQL's binary COPY, as they came: where they lay, the key, all headers
 * and the data. Nothing is read in them. Used by one thread.
 */
final class RawRows {
    static final String TABLE =
            """
            create table raw_event ("partition" integer not null, "offset" bigint not null, key bytea not null,
                                    headers bytea not null, data bytea not null)
            """;

    private static final String COPY = "copy raw_event from stdin (format binary)";
    private static final byte[] SIGNATURE =
            "PGCOPY\n\377\r\n\0".getBytes(StandardCharsets.ISO_8859_1);
    private static final int NO_FLAGS = 0;
    private static final int NO_EXTENSION = 0;
    private static final short COLUMNS = 5;
    private static final short END = -1;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 20);
    private final DataOutputStream out = new DataOutputStream(bytes);
    private final ByteArrayOutputStream headers = new ByteArrayOutputStream(512);

    void begin() throws IOException {
        bytes.reset();
        out.write(SIGNATURE);
        out.writeInt(NO_FLAGS);
        out.writeInt(NO_EXTENSION);
    }

    void add(ConsumerRecord<byte[], byte[]> record) throws IOException {
        headers.reset();
        for (Header header : record.headers()) {
            headers.write(header.key().getBytes(StandardCharsets.UTF_8));
            headers.write(header.value());
        }
        out.writeShort(COLUMNS);
        out.writeInt(Integer.BYTES);
        out.writeInt(record.partition());
        out.writeInt(Long.BYTES);
        out.writeLong(record.offset());
        add(record.key());
        add(headers.toByteArray());
        add(record.value());
    }

    private void add(byte[] value) throws IOException {
        out.writeInt(value.length);
        out.write(value);
    }

    void copyTo(PGConnection connection) throws IOException, SQLException {
        out.writeShort(END);
        CopyIn copy = connection.getCopyAPI().copyIn(COPY);
        byte[] whole = bytes.toByteArray();
        copy.writeToCopy(whole, 0, whole.length);
        copy.endCopy();
    }
}
