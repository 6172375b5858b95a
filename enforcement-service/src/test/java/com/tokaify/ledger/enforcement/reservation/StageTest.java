package com.tokaify.ledger.enforcement.reservation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tokaify.ledger.enforcement.reservation.Stage.Was;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every stage and every call. */
class StageTest {
    private static final Stage HELD = new Stage.Held();
    private static final Stage RELEASED = new Stage.Released();
    private static final Stage EXPIRED = new Stage.Expired();
    private static final Stage ELSEWHERE = new Stage.Elsewhere();
    private static final Stage.Settled SETTLED = new Stage.Settled(5, Was.HELD);

    static Stream<Arguments> settlements() {
        return Stream.of(
                Arguments.of(HELD, Was.HELD),
                Arguments.of(RELEASED, Was.RELEASED),
                Arguments.of(EXPIRED, Was.EXPIRED),
                Arguments.of(ELSEWHERE, Was.ELSEWHERE),
                Arguments.of(SETTLED, Was.HELD));
    }

    /** What a call has cost is taken at any stage, and the answer says at which. */
    @ParameterizedTest
    @MethodSource("settlements")
    void costIsTakenAtAnyStage(Stage stage, Was was) {
        assertThat(stage.settle(5)).isEqualTo(new Stage.Settled(5, was));
    }

    /** A settlement stands: neither another amount nor a release undoes it. */
    @Test
    void aSettlementStands() {
        assertThatThrownBy(() -> SETTLED.settle(6)).isInstanceOf(Stage.Conflict.class);
        assertThatThrownBy(SETTLED::release).isInstanceOf(Stage.Conflict.class);
        assertThat(SETTLED.expire()).isEqualTo(SETTLED);
    }

    static Stream<Arguments> releases() {
        return Stream.of(
                Arguments.of(HELD, RELEASED, EXPIRED),
                Arguments.of(RELEASED, RELEASED, RELEASED),
                Arguments.of(EXPIRED, EXPIRED, EXPIRED),
                Arguments.of(ELSEWHERE, ELSEWHERE, ELSEWHERE));
    }

    /** Only what is held is let go, and letting go twice changes nothing. */
    @ParameterizedTest
    @MethodSource("releases")
    void onlyWhatIsHeldIsLetGo(Stage stage, Stage released, Stage expired) {
        assertThat(stage.release()).isEqualTo(released);
        assertThat(stage.expire()).isEqualTo(expired);
    }
}
