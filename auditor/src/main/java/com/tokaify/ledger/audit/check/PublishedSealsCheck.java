package com.tokaify.ledger.audit.check;

import com.tokaify.ledger.audit.core.Hash;
import com.tokaify.ledger.audit.finding.FindingKind;
import com.tokaify.ledger.audit.finding.Findings;
import com.tokaify.ledger.audit.seal.Cursor;
import com.tokaify.ledger.audit.seal.PublishedSeals;
import com.tokaify.ledger.audit.seal.SealLog;
import com.tokaify.ledger.audit.seal.SealedCheckpoint;
import com.tokaify.ledger.audit.seal.SealedRun;
import com.tokaify.ledger.audit.seal.SealedSeal;
import com.tokaify.ledger.audit.seal.SealedSeals;
import com.tokaify.ledger.events.codec.UnreadableEvent;
import com.tokaify.ledger.events.kafka.Topics;
import com.tokaify.ledger.events.seal.Seal;
import com.tokaify.ledger.events.seal.SealRecords;
import com.tokaify.ledger.events.seal.SealRun;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Whoever follows the log on Kafka, query-service first of all, is told the log that lies in the
 * store. The topic is opened before the log: whatever it had then was sealed by then. What the log
 * has on top may be on its way, for as long as is allowed.
 */
public final class PublishedSealsCheck {
    /** Who publishes tells again what was told just before it, which are a few dozen at most. */
    private static final int TOLD_KEPT = 1_000;

    private final PublishedSeals published;
    private final Due due;
    private final Findings findings;
    private final Map<Long, byte[]> told = new LinkedHashMap<>();
    private @Nullable SealedSeal next;
    private long missing;
    private long firstMissing;
    private long lastMissing;

    /**
     * @param due which seals were made so long ago that they must be on Kafka
     */
    public PublishedSealsCheck(PublishedSeals published, Due due, Findings findings) {
        this.published = published;
        this.due = due;
        this.findings = findings;
    }

    /** Goes through both to their ends. */
    public void run(SealLog log) {
        try (SealedSeals sealed = new SealedSeals(log)) {
            next = sealed.next();
            published.read(record -> see(record, sealed));
            for (SealedSeal left = next; left != null; left = sealed.next()) {
                if (due.is(left.checkpoint().signedAt())) {
                    missing(left.checkpoint());
                }
            }
            endMissing();
        }
    }

    private void see(ConsumerRecord<byte[], byte[]> record, Cursor<SealedSeal> sealed) {
        Seal seal;
        try {
            seal = SealRecords.read(record);
        } catch (UnreadableEvent e) {
            unknown(
                    "offset " + record.offset(),
                    "no seal at offset " + record.offset() + ": " + e.getMessage());
            return;
        }
        String where = Long.toString(seal.size());
        byte[] fingerprint = Hash.leaf(record.value());
        byte[] before = told.get(seal.size());
        if (before != null) {
            if (!Arrays.equals(before, fingerprint)) {
                differs(where, "is told twice, and the second time otherwise");
            }
            return;
        }
        keep(seal.size(), fingerprint);
        SealedSeal expected = next;
        while (expected != null && expected.checkpoint().size() < seal.size()) {
            missing(expected.checkpoint());
            expected = sealed.next();
        }
        next = expected;
        if (expected == null || expected.checkpoint().size() > seal.size()) {
            unknown(where, "a seal of size " + where + " that the log has not, or not there");
            return;
        }
        endMissing();
        List<String> different = differences(expected, seal);
        if (!different.isEmpty()) {
            differs(where, "has another " + String.join(", ", different));
        }
        next = sealed.next();
    }

    private void keep(long size, byte[] fingerprint) {
        told.put(size, fingerprint);
        if (told.size() > TOLD_KEPT) {
            told.remove(told.keySet().iterator().next());
        }
    }

    private static List<String> differences(SealedSeal sealed, Seal seal) {
        List<String> different = new ArrayList<>();
        if (!sealed.checkpoint().note().equals(seal.checkpoint())) {
            different.add("checkpoint");
        }
        if (!sameRuns(sealed.runs(), seal.runs())) {
            different.add("choice of events");
        } else if (!sameHashes(sealed.runs(), seal.hashes())) {
            different.add("leaf");
        }
        return different;
    }

    private static boolean sameRuns(List<SealedRun> sealed, List<SealRun> runs) {
        if (sealed.size() != runs.size()) {
            return false;
        }
        for (int i = 0; i < runs.size(); i++) {
            SealedRun one = sealed.get(i);
            SealRun other = runs.get(i);
            if (one.partition() != other.partition()
                    || one.firstPseq() != other.firstPseq()
                    || one.count() != other.count()) {
                return false;
            }
        }
        return true;
    }

    private static boolean sameHashes(List<SealedRun> sealed, byte[] hashes) {
        int at = 0;
        for (SealedRun run : sealed) {
            byte[] its = run.hashes();
            if (its.length > hashes.length - at
                    || !Arrays.equals(its, 0, its.length, hashes, at, at + its.length)) {
                return false;
            }
            at += its.length;
        }
        return at == hashes.length;
    }

    private void missing(SealedCheckpoint checkpoint) {
        if (missing == 0) {
            firstMissing = checkpoint.size();
        }
        missing++;
        lastMissing = checkpoint.size();
    }

    private void endMissing() {
        if (missing > 0) {
            findings.add(
                    FindingKind.SEAL_MISSING,
                    Long.toString(firstMissing),
                    "%d seals, of sizes %d to %d, are not on %s"
                            .formatted(missing, firstMissing, lastMissing, Topics.SEALS));
            missing = 0;
        }
    }

    private void unknown(String where, String what) {
        findings.add(FindingKind.SEAL_UNKNOWN, where, Topics.SEALS + " has " + what);
    }

    private void differs(String where, String what) {
        findings.add(
                FindingKind.SEAL_DIFFERS,
                where,
                "the seal of size %s on %s %s".formatted(where, Topics.SEALS, what));
    }
}
