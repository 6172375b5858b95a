package com.tokaify.ledger.events.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tokaify.ledger.events.codec.EventSchemas;
import com.tokaify.ledger.events.codec.StrictJson;
import com.tokaify.ledger.events.codec.UnreadableEvent;
import com.tokaify.ledger.events.kafka.GoldenRecord;
import com.tokaify.ledger.events.kafka.RecordText;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Seals on Kafka: every byte is fixed, and a seal that contradicts itself is none. */
class SealRecordsTest {
    private static final List<SealRun> RUNS = List.of(new SealRun(3, 1, 2), new SealRun(4, 9, 1));

    private static ConsumerRecord<byte[], byte[]> golden(String sought, String instead)
            throws Exception {
        String text = new String(GoldenRecord.sealFile().bytes(), StandardCharsets.UTF_8);
        assertThat(text).contains(sought);
        return RecordText.read(text.replace(sought, instead).getBytes(StandardCharsets.UTF_8));
    }

    /** What is on the topic once is read for ever. */
    @Test
    void recordIsTheGoldenOne() throws Exception {
        GoldenRecord.sealFile().assertIs(RecordText.write(GoldenRecord.sealRecord()));
    }

    /** And comes back as it was, and is as its schema says. */
    @Test
    void goldenRecordIsReadAndValid() throws Exception {
        ConsumerRecord<byte[], byte[]> record = RecordText.read(GoldenRecord.sealFile().bytes());
        Seal seal = SealRecords.read(record);
        assertThat(seal).usingRecursiveComparison().isEqualTo(GoldenRecord.seal());
        assertThat(
                        EventSchemas.schema(SealRecords.CE_TYPE)
                                .validate(StrictJson.MAPPER.readTree(record.value())))
                .isEmpty();
    }

    /** Seals have the fields of their schema, neither more nor fewer. */
    @ParameterizedTest
    @CsvSource({
        "'\"size\":7', '\"size\":8'",
        "'\"firstLeaf\":3,', ''",
        "'\"count\":3', '\"count\":4'",
        "'\"count\":3', '\"count\":0'",
        "'\"hashes\":\"', '\"hashes\":\"AAAA'",
        "'\"checkpoint\":\"', '\"checkpoint\":null,\"was\":\"'",
        "'ce_subject: 7', 'ce_subject: 8'",
        "'ce_type: com.tokaify.ledger.sealed.v1', 'ce_type: com.tokaify.ledger.sealed.v2'"
    })
    void sealThatContradictsItselfIsUnreadable(String sought, String instead) {
        assertThatThrownBy(() -> SealRecords.read(golden(sought, instead)))
                .isInstanceOf(UnreadableEvent.class);
    }

    /** A reader of today is not stopped by a field of tomorrow. */
    @Test
    void unknownFieldIsIgnored() throws Exception {
        assertThat(SealRecords.read(golden("{\"size\":7", "{\"new\":1,\"size\":7")).size())
                .isEqualTo(7);
    }

    /** Leaves, runs and sizes say the same. */
    @Test
    void sealIsWhole() {
        assertThat(new Seal(13, "note", 10, RUNS, new byte[96]).leaves()).isEqualTo(3);
        for (long size : new long[] {12, 14}) {
            assertThatThrownBy(() -> new Seal(size, "note", 10, RUNS, new byte[96]))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> new Seal(13, "note", 10, RUNS, new byte[95]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Seal(10, "note", 10, List.of(), new byte[0]))
                .isInstanceOf(IllegalArgumentException.class);
        List<SealRun> tooMany = List.of(new SealRun(0, 1, Seal.MAX_LEAVES + 1));
        assertThatThrownBy(() ->
                        new Seal(
                                Seal.MAX_LEAVES + 1,
                                "note",
                                0,
                                tooMany,
                                new byte[(Seal.MAX_LEAVES + 1) * Seal.HASH_BYTES]))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
