package com.tokaify.ledger.audit.pack;

import com.tokaify.ledger.audit.core.Malformed;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Entries one after the other, each after its length as two bytes (c2sp.org/tlog-tiles). */
final class Bundle {
    static final int LARGEST_ENTRY = 0xffff;

    private Bundle() {}

    /**
     * @throws Malformed where an entry is too large to have its length told
     */
    static void add(ByteArrayOutputStream bundle, byte[] entry) {
        if (entry.length > LARGEST_ENTRY) {
            throw new Malformed("an entry of " + entry.length + " bytes");
        }
        bundle.write(entry.length >> Byte.SIZE);
        bundle.write(entry.length);
        bundle.writeBytes(entry);
    }

    /**
     * @throws Malformed where it ends within an entry
     */
    static List<byte[]> entries(byte[] bundle) {
        List<byte[]> entries = new ArrayList<>();
        ByteBuffer left = ByteBuffer.wrap(bundle);
        while (left.hasRemaining()) {
            int length =
                    left.remaining() < Short.BYTES ? Integer.MAX_VALUE : left.getShort() & 0xffff;
            if (length > left.remaining()) {
                throw new Malformed("the entries end within one");
            }
            int from = left.position();
            entries.add(Arrays.copyOfRange(bundle, from, from + length));
            left.position(from + length);
        }
        return entries;
    }
}
