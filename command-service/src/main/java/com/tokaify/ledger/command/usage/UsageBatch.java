package com.tokaify.ledger.command.usage;

import com.tokaify.ledger.command.bus.Outcome;
import com.tokaify.ledger.command.decision.CommandContext;
import com.tokaify.ledger.command.decision.Decision;
import com.tokaify.ledger.command.decision.Refusal;
import com.tokaify.ledger.command.store.SideWrite;
import com.tokaify.ledger.command.token.TokenCommand.Booking;
import com.tokaify.ledger.command.token.TokenCommand.ConsumeQuota;
import com.tokaify.ledger.events.codec.UnreadableEvent;
import com.tokaify.ledger.events.kafka.Partitioning;
import com.tokaify.ledger.events.usage.UsageRecords;
import com.tokaify.ledger.events.usage.UsageReport;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Records of one partition of {@code ledger.usage}, sorted into what can be booked and what cannot.
 *
 * @param own reports of tokens that live in this partition
 * @param strays reports of tokens that live in another one, since their producer partitions
 *     differently
 * @param unbookable what must be kept for an operator already now
 */
record UsageBatch(List<Report> own, List<Report> strays, List<SideWrite> unbookable, Instant at) {

    /** A report that can be read, and the record it came in. */
    record Report(ConsumeQuota command, ConsumerRecord<byte[], byte[]> record) {}

    static UsageBatch read(
            List<ConsumerRecord<byte[], byte[]>> records, Partitioning partitioning, Instant at) {
        UsageBatch batch =
                new UsageBatch(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), at);
        for (ConsumerRecord<byte[], byte[]> record : records) {
            try {
                ConsumeQuota command = command(UsageRecords.read(record), record, at);
                boolean athome = partitioning.partitionOf(command.tokenId()) == record.partition();
                (athome ? batch.own : batch.strays).add(new Report(command, record));
            } catch (UnreadableEvent e) {
                batch.unbookable.add(batch.keep(record, String.valueOf(e.getMessage())));
            }
        }
        return batch;
    }

    private static ConsumeQuota command(
            UsageReport report, ConsumerRecord<byte[], byte[]> record, Instant at) {
        String origin = record.topic() + "-" + record.partition() + "@" + record.offset();
        return new ConsumeQuota(
                report.tokenId(),
                report.usageId(),
                report.amount(),
                report.model(),
                Booking.HAPPENED,
                new CommandContext(at, report.reporter(), origin));
    }

    List<ConsumeQuota> commands() {
        return own.stream().map(Report::command).toList();
    }

    /**
     * What belongs in the transaction of the own reports: those that were refused, and where
     * reading goes on.
     */
    List<SideWrite> sideWrites(List<Outcome<?>> outcomes, SideWrite advance) {
        List<SideWrite> all = new ArrayList<>(unbookable);
        for (int i = 0; i < outcomes.size(); i++) {
            if (outcomes.get(i).decision()
                    instanceof Decision.Refused<?>(Refusal refusal, String detail)) {
                all.add(keep(own.get(i).record(), refusal + ": " + detail));
            }
        }
        all.add(advance);
        return all;
    }

    SideWrite keep(ConsumerRecord<byte[], byte[]> record, String reason) {
        return UsageTables.keepUnbooked(
                record.partition(),
                record.offset(),
                textOf(record.key()),
                storable(reason),
                record.value(),
                at);
    }

    private static @Nullable String textOf(byte @Nullable [] key) {
        return key == null ? null : storable(new String(key, StandardCharsets.UTF_8));
    }

    /** PostgreSQL's texts hold every character but this one; a foreign record may well. */
    private static String storable(String text) {
        return text.replace("\0", "");
    }
}
