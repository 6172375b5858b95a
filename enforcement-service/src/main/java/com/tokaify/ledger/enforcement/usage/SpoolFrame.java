package com.tokaify.ledger.enforcement.usage;

import com.tokaify.ledger.events.codec.StrictJson;
import com.tokaify.ledger.events.codec.UnreadableEvent;
import com.tokaify.ledger.events.usage.UsageReport;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;

/**
 * The reports of one request as they lie in a spool file: a head of 16 bytes (what it is, length of
 * the body, CRC-32C of the body, CRC-32C of the head before it) and the body, a JSON list. The head
 * has a checksum of its own so that a wrong length is never taken for a torn end.
 */
final class SpoolFrame {
    static final int HEAD_BYTES = 16;

    /** What a request may hold, and as much again for the names of fields and escapes. */
    static final int MAX_BODY_BYTES = 4 * UsageItem.MAX_BODY_BYTES;

    /** "TKU1": a usage frame of the first kind. */
    private static final int MAGIC = 0x544B5531;

    private static final ObjectWriter WRITER =
            StrictJson.MAPPER.writerFor(
                    StrictJson.MAPPER
                            .getTypeFactory()
                            .constructCollectionType(List.class, UsageReport.class));
    private static final ObjectReader READER = StrictJson.MAPPER.readerFor(UsageReport[].class);

    private SpoolFrame() {}

    /** What lies at a place of a spool file. */
    sealed interface Found {

        /**
         * @param end where the next frame begins
         */
        record Whole(List<UsageReport> reports, int end) implements Found {}

        /** The rest was never written whole, so nobody was ever told that it is safe. */
        record Torn() implements Found {}

        /**
         * It was whole once and is not any more.
         *
         * @param end where the next frame begins; the end of the file where nobody can know
         */
        record Corrupt(String why, int end) implements Found {}
    }

    static ByteBuffer write(List<UsageReport> reports) {
        byte[] body = WRITER.writeValueAsBytes(reports);
        if (body.length > MAX_BODY_BYTES) {
            throw new IllegalArgumentException("a frame has at most " + MAX_BODY_BYTES + " bytes");
        }
        ByteBuffer frame = ByteBuffer.allocate(HEAD_BYTES + body.length);
        frame.putInt(MAGIC).putInt(body.length).putInt(checksum(body, 0, body.length));
        frame.putInt(checksum(frame.array(), 0, HEAD_BYTES - Integer.BYTES));
        return frame.put(body).flip();
    }

    /**
     * @param file the file from its beginning, as far as it is to be read
     */
    static Found read(byte[] file, int start) {
        if (file.length - start < HEAD_BYTES) {
            return new Found.Torn();
        }
        ByteBuffer head = ByteBuffer.wrap(file, start, HEAD_BYTES);
        int magic = head.getInt();
        int length = head.getInt();
        int bodyChecksum = head.getInt();
        if (head.getInt() != checksum(file, start, HEAD_BYTES - Integer.BYTES)
                || magic != MAGIC
                || length < 0
                || length > MAX_BODY_BYTES) {
            // Where power was lost the system may have made the file longer and not yet written.
            return isZero(file, start)
                    ? new Found.Torn()
                    : new Found.Corrupt("the head at " + start + " is damaged", file.length);
        }
        int body = start + HEAD_BYTES;
        if (file.length - body < length) {
            return new Found.Torn();
        }
        int end = body + length;
        if (bodyChecksum != checksum(file, body, length)) {
            return new Found.Corrupt("the body at " + body + " is damaged", end);
        }
        return parse(file, body, end);
    }

    private static Found parse(byte[] file, int body, int end) {
        try {
            UsageReport[] reports =
                    StrictJson.read(
                            READER,
                            UsageReport[].class,
                            Arrays.copyOfRange(file, body, end),
                            "spooled usage");
            return new Found.Whole(List.of(reports), end);
        } catch (UnreadableEvent e) {
            return new Found.Corrupt("the body at " + body + " is of no known kind", end);
        }
    }

    private static int checksum(byte[] bytes, int offset, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, offset, length);
        return (int) crc.getValue();
    }

    private static boolean isZero(byte[] bytes, int from) {
        for (int i = from; i < bytes.length; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }
}
