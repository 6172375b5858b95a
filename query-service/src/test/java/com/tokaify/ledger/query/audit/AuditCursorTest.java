package com.tokaify.ledger.query.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.tokaify.ledger.events.InvalidField;
import com.tokaify.ledger.events.Position;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AuditCursorTest {

    /** The next page begins where the one before ended, to the microsecond. */
    @Test
    void comesBackAsItWasGivenOut() {
        for (Instant at :
                List.of(
                        Instant.EPOCH,
                        Instant.parse("0000-01-01T00:00:00Z"),
                        Instant.parse("2026-11-30T10:32:00.123456Z"),
                        Instant.parse("9999-12-31T23:59:59.999999Z"))) {
            AuditCursor cursor = new AuditCursor(at, new Position(63, 1L << 40));
            assertThat(AuditCursor.parse("cursor", cursor.toString())).isEqualTo(cursor);
        }
    }

    static List<String> madeUp() {
        return List.of(
                "",
                "abc",
                "??",
                text(0, 0, 1, 1),
                text(0, 0, 1).substring(1),
                text(0, -1, 1),
                text(0, 0, -1),
                text(Long.MAX_VALUE, 0, 1),
                text(Long.MIN_VALUE, 0, 1));
    }

    /** Nothing that no answer has given out reaches PostgreSQL, and it is refused by its name. */
    @ParameterizedTest
    @MethodSource("madeUp")
    void refusesWhatIsMadeUp(String text) {
        assertThatExceptionOfType(InvalidField.class)
                .isThrownBy(() -> AuditCursor.parse("cursor", text))
                .withMessage("cursor must be the nextCursor of an earlier answer");
    }

    private static String text(long micros, int partition, long... pseqs) {
        ByteBuffer bytes =
                ByteBuffer.allocate(Long.BYTES + Integer.BYTES + pseqs.length * Long.BYTES)
                        .putLong(micros)
                        .putInt(partition);
        for (long pseq : pseqs) {
            bytes.putLong(pseq);
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }
}
