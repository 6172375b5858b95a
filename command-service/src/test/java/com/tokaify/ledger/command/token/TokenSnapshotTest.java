package com.tokaify.ledger.command.token;

import static com.tokaify.ledger.command.Samples.HASH;
import static com.tokaify.ledger.command.Samples.MASK;
import static com.tokaify.ledger.command.Samples.NOW;
import static com.tokaify.ledger.command.Samples.created;
import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.command.token.TokenState.Live;
import com.tokaify.ledger.events.ModelQuota;
import com.tokaify.ledger.events.QuotaPeriod;
import com.tokaify.ledger.events.RateLimits;
import com.tokaify.ledger.events.Restrictions;
import com.tokaify.ledger.events.TokenEvent.ModelQuotaExhausted;
import com.tokaify.ledger.events.TokenEvent.ModelQuotasChanged;
import com.tokaify.ledger.events.TokenEvent.QuotaConsumed;
import com.tokaify.ledger.events.TokenEvent.QuotaExhausted;
import com.tokaify.ledger.events.TokenEvent.QuotaPeriodChanged;
import com.tokaify.ledger.events.TokenEvent.QuotaPeriodStarted;
import com.tokaify.ledger.events.TokenEvent.RateLimitsChanged;
import com.tokaify.ledger.events.TokenEvent.SecretRotated;
import com.tokaify.ledger.events.TokenEvent.TokenDisabled;
import com.tokaify.ledger.events.TokenEvent.TokenExpired;
import com.tokaify.ledger.events.net.IpRange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The bytes of snapshots. That they decide as a replay does is in {@link TokenPropertiesTest}. */
class TokenSnapshotTest {
    private static final Path FOLDER = Path.of("src/test/resources/golden/token-state");

    /** The least a token has, and everything it may have. */
    enum Golden {
        PLAIN(Histories.after(created(Restrictions.NONE))),
        FULL(
                Histories.after(
                        created(
                                new Restrictions(
                                        100L,
                                        List.of("gpt-4o", "deepseek-ai/DeepSeek-V3.1"),
                                        List.of(IpRange.parse("10.0.0.0/8"), IpRange.parse("::1")),
                                        NOW.plusSeconds(60))),
                        new QuotaConsumed("u1", 60, "gpt-4o", 60, false),
                        new QuotaPeriodChanged(
                                new QuotaPeriod(QuotaPeriod.Every.WEEK, "Asia/Shanghai")),
                        new QuotaPeriodStarted(NOW.minusSeconds(9), NOW, 60),
                        new ModelQuotasChanged(
                                List.of(new ModelQuota("gpt-4o", 40), new ModelQuota("o3", 1))),
                        new RateLimitsChanged(new RateLimits(60L, 900L)),
                        new QuotaConsumed("u2", 101, "gpt-4o", 161, true),
                        new QuotaExhausted(101, 100),
                        new ModelQuotaExhausted("gpt-4o", 101, 40),
                        new SecretRotated(HASH, MASK, null),
                        new TokenDisabled("leaked"),
                        new TokenExpired(NOW.plusSeconds(60))));

        @SuppressWarnings("ImmutableEnumChecker") // an immutable record, which the check cannot see
        private final Live live;

        Golden(TokenState state) {
            this.live = (Live) state;
        }

        private byte[] bytes() throws IOException {
            String name = Token.STATE_FORMAT + "." + name().toLowerCase(Locale.ROOT);
            return Files.readAllBytes(FOLDER.resolve(name + ".json"));
        }
    }

    /**
     * Snapshots lie in databases while the software changes. Where this fails, the format is
     * another one: raise {@link Token#STATE_FORMAT}, and write files of its own for it.
     */
    @ParameterizedTest
    @EnumSource
    void theBytesOfTheFormatNeverChange(Golden golden) throws IOException {
        assertThat(Token.write(golden.live))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo(new String(golden.bytes(), StandardCharsets.UTF_8));
    }

    /** What was written is read as it was. */
    @ParameterizedTest
    @EnumSource
    void aSnapshotIsReadAsItWasWritten(Golden golden) throws IOException {
        assertThat(Token.read(golden.bytes())).isEqualTo(golden.live);
    }

    /** The aggregate writes and takes over exactly these bytes. */
    @ParameterizedTest
    @EnumSource
    void theAggregateIsRestoredFromThem(Golden golden) throws IOException {
        Token token = new Token();
        token.restore(golden.bytes());
        assertThat(token.state()).contains(golden.bytes());
    }
}
