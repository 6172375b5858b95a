package com.tokaify.ledger.query.live;

import com.tokaify.ledger.events.InvalidField;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Base64;

/**
 * How far somebody has come in every partition: the last event they have, partition by partition.
 * Immutable. It is what the ids of live events are, so that a listener can go on at any instance,
 * after any restart: nothing about a listener is kept on this side.
 *
 * <p>As text it is base64url of one varint (seven bits a byte, the lowest first) for each
 * partition: some 350 characters where 64 partitions have millions of events each.
 */
final class Mark {
    private static final int BITS = 7;
    private static final int MORE = 1 << BITS;
    private static final int MOST_SHIFT = 56;

    private final long[] pseqs;

    private Mark(long[] pseqs) {
        this.pseqs = pseqs;
    }

    static Mark of(long... pseqs) {
        return new Mark(pseqs.clone());
    }

    static Mark parse(String field, String text, int partitions) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw malformed(field);
        }
        long[] pseqs = new long[partitions];
        int at = 0;
        for (int partition = 0; partition < partitions; partition++) {
            int shift = 0;
            int next;
            do {
                if (at == bytes.length || shift > MOST_SHIFT) {
                    throw malformed(field);
                }
                next = bytes[at++];
                pseqs[partition] |= (long) (next & (MORE - 1)) << shift;
                shift += BITS;
            } while ((next & MORE) != 0);
        }
        if (at != bytes.length) {
            throw malformed(field);
        }
        return new Mark(pseqs);
    }

    int partitions() {
        return pseqs.length;
    }

    long pseq(int partition) {
        return pseqs[partition];
    }

    /** Whether nothing up to the other one lies beyond this one. */
    boolean covers(Mark other) {
        for (int partition = 0; partition < pseqs.length; partition++) {
            if (pseqs[partition] < other.pseqs[partition]) {
                return false;
            }
        }
        return true;
    }

    /** Events between this mark and a later one. */
    long eventsTo(Mark later) {
        long events = 0;
        for (int partition = 0; partition < pseqs.length; partition++) {
            events += Math.max(0, later.pseqs[partition] - pseqs[partition]);
        }
        return events;
    }

    /** A mark on the way to a later one, at most so many events away from this one. */
    Mark towards(Mark later, long mostEvents) {
        long[] step = pseqs.clone();
        long left = mostEvents;
        for (int partition = 0; partition < step.length && left > 0; partition++) {
            long events = Math.min(left, Math.max(0, later.pseqs[partition] - step[partition]));
            step[partition] += events;
            left -= events;
        }
        return new Mark(step);
    }

    /**
     * On the way from this mark to a later one, partition by partition: just after an event.
     * Whoever goes on from there has everything before the event on this way and nothing behind it.
     */
    Mark within(Mark later, int partition, long pseq) {
        long[] way = pseqs.clone();
        System.arraycopy(later.pseqs, 0, way, 0, partition);
        way[partition] = pseq;
        return new Mark(way);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Mark mark && Arrays.equals(pseqs, mark.pseqs);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(pseqs);
    }

    @Override
    public String toString() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(Integer.BYTES * pseqs.length);
        for (long pseq : pseqs) {
            long rest = pseq;
            while (rest >= MORE) {
                bytes.write((int) (rest & (MORE - 1)) | MORE);
                rest >>>= BITS;
            }
            bytes.write((int) rest);
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
    }

    private static InvalidField malformed(String field) {
        return new InvalidField(field, "must be the id of a live event of this ledger");
    }
}
