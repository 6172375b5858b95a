package com.tokaify.ledger.command.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tokaify.ledger.command.Samples;
import com.tokaify.ledger.command.decision.Change;
import com.tokaify.ledger.command.store.NewEvent;
import com.tokaify.ledger.command.token.TokenCommand.CreateToken;
import com.tokaify.ledger.events.InvalidField;
import com.tokaify.ledger.events.Restrictions;
import com.tokaify.ledger.events.TokenEvent.ModelAccessChanged;
import com.tokaify.ledger.events.net.IpRange;
import com.tokaify.ledger.seals.EntryBuffer;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** No command can record an event that the log of seals could not take. */
class SealableModelsTest {
    private static final int LONGEST_NAME = 200;

    /** Names of two hundred characters, half of them such that JSON doubles them. */
    private static List<String> models(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "%03d".formatted(i) + "\\".repeat(97) + "m".repeat(100))
                .toList();
    }

    private static CreateToken largest(List<String> models) {
        List<IpRange> addresses =
                IntStream.range(0, 100)
                        .mapToObj(i ->
                                IpRange.parse(
                                        "2001:db8:ffff:ffff:ffff:ffff:ffff:%x"
                                                .formatted(0x1000 + i)))
                        .toList();
        return new CreateToken(
                Samples.TOKEN,
                Samples.ACCOUNT,
                "🙂".repeat(100),
                "g".repeat(64),
                new Restrictions(1L, models, addresses, null),
                Samples.HASH,
                Samples.MASK,
                Samples.CONTEXT);
    }

    /** The largest token that can be asked for fits with room to spare. */
    @Test
    void largestTokenFitsIntoAnEntry() {
        List<String> models = models(SealableModels.MAX_BYTES / (LONGEST_NAME + 97 + 3));
        CreateToken command = largest(models);
        NewEvent event =
                NewEvent.of(
                        0,
                        Samples.TOKEN,
                        0,
                        Samples.created(command.settings().restrictions()),
                        Samples.CONTEXT);
        assertThat(event.payload().length)
                .isBetween(
                        SealableModels.MAX_BYTES,
                        EntryBuffer.MAX_BYTES - EntryBuffer.MAX_HEAD_BYTES);
    }

    /** One model more is refused, in a new token and in a change. */
    @Test
    void longerListIsRefused() {
        List<String> models = models(1 + SealableModels.MAX_BYTES / (LONGEST_NAME + 97 + 3));
        assertThatThrownBy(() -> largest(models))
                .isInstanceOf(InvalidField.class)
                .hasMessageContaining("50000");
        assertThatThrownBy(() ->
                        new SettingsChange(
                                Change.none(),
                                Change.none(),
                                Change.none(),
                                Change.to(models),
                                Change.none(),
                                Change.none(),
                                Change.none(),
                                Change.none(),
                                Change.none()))
                .isInstanceOf(InvalidField.class);
    }

    /** Behind the rule is a wall. */
    @Test
    void eventThatCannotBeSealedIsNotMade() {
        ModelAccessChanged tooLarge = new ModelAccessChanged(models(400));
        assertThatThrownBy(() -> NewEvent.of(0, Samples.TOKEN, 1, tooLarge, Samples.CONTEXT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cannot be sealed");
    }
}
