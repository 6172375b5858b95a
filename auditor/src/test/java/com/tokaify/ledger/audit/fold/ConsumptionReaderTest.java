package com.tokaify.ledger.audit.fold;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.events.LedgerEvent;
import com.tokaify.ledger.events.TokenEvent.QuotaConsumed;
import com.tokaify.ledger.events.codec.EventCodec;
import com.tokaify.ledger.events.codec.EventType;
import com.tokaify.ledger.events.codec.UnreadableEvent;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A short cut past the codec that never says anything else than the codec. */
class ConsumptionReaderTest {
    static final List<QuotaConsumed> WRITTEN =
            List.of(
                    new QuotaConsumed("req-7f3a", 1250, "gpt-4o", 501_250, false),
                    new QuotaConsumed("u", 1, null, 1, true),
                    new QuotaConsumed("u".repeat(128), 500_000_000_000_000L, "m", 0, false),
                    new QuotaConsumed("a~!'", 10, "m".repeat(200), 9_007_199_254_740_991L, true));

    private final ConsumptionReader reader = new ConsumptionReader();

    /** What command-service writes is read here, and not left to the codec. */
    @ParameterizedTest
    @FieldSource("WRITTEN")
    void whatIsWrittenIsRead(QuotaConsumed consumed) {
        assertThat(reader.read(EventCodec.encode(consumed))).isEqualTo(consumed);
    }

    /** Texts that need escapes are not of the one form; the codec knows all. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"usageId\":\"a\\\"b\",\"amount\":1,\"model\":null,\"totalAfter\":1,\"overrun\":false}",
                "{ \"usageId\":\"a\",\"amount\":1,\"model\":null,\"totalAfter\":1,\"overrun\":false}",
                "{\"amount\":1,\"usageId\":\"a\",\"model\":null,\"totalAfter\":1,\"overrun\":false}",
                "{\"usageId\":\"a\",\"amount\":1,\"model\":null,\"totalAfter\":1,\"overrun\":false,\"more\":1}",
                "{\"usageId\":\"a\",\"amount\":01,\"model\":null,\"totalAfter\":1,\"overrun\":false}",
                "{\"usageId\":\"a\",\"amount\":0,\"model\":null,\"totalAfter\":1,\"overrun\":false}",
                "{\"usageId\":\"\",\"amount\":1,\"model\":null,\"totalAfter\":1,\"overrun\":false}",
                "{\"usageId\":\"a\",\"amount\":1,\"model\":null,\"totalAfter\":1,\"overrun\":false}\n",
                "{}",
                ""
            })
    void whatIsWrittenInAnotherWayIsLeftToTheCodec(String json) {
        assertThat(reader.read(json.getBytes(UTF_8))).isNull();
    }

    /** Whatever is done to a byte: it says what the codec says, or nothing. */
    @Test
    void itIsNeverMoreLenientThanTheCodec() {
        for (QuotaConsumed consumed : WRITTEN) {
            byte[] payload = EventCodec.encode(consumed);
            for (int at = 0; at < payload.length; at++) {
                for (int value : new int[] {0, ' ', '"', '\\', '0', '9', '-', ',', '}', 'e', 200}) {
                    byte[] changed = payload.clone();
                    changed[at] = (byte) value;
                    QuotaConsumed read = reader.read(changed);
                    if (read != null) {
                        assertThat(read).isEqualTo(decoded(changed));
                    }
                }
            }
        }
    }

    private static Object decoded(byte[] payload) {
        try {
            LedgerEvent event = EventCodec.decode(EventType.QUOTA_CONSUMED, payload);
            return event;
        } catch (UnreadableEvent e) {
            return e;
        }
    }
}
