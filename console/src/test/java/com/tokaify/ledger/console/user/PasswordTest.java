package com.tokaify.ledger.console.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tokaify.ledger.events.InvalidField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordTest {
    private static final UserName NAME = new UserName("Margaret");

    /** Long enough is good enough, in any script; a name within a longer sentence is no harm. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "correct horse",
                "aaaaaaaaaaaa",
                "十二个汉字就足够长的密码",
                "what margaret had for tea"
            })
    void takesWhatIsLongEnough(String text) {
        assertThat(Password.chosen("password", text, NAME).text()).isEqualTo(text);
    }

    /** What is short, endless, or the name with little around it is refused. */
    @ParameterizedTest
    @CsvSource({
        "elevenchars, must have 12 to 200 characters",
        "'', must have 12 to 200 characters",
        "margaret1234, must not be made of the name",
        "MargaretMargaret, must not be made of the name"
    })
    void refusesWhatIsEasilyGuessed(String text, String rule) {
        assertThatThrownBy(() -> Password.chosen("next", text, NAME))
                .isInstanceOf(InvalidField.class)
                .hasMessage("next " + rule);
    }

    /** There is a limit on what is hashed. */
    @Test
    void refusesWhatIsEndless() {
        assertThatThrownBy(() -> Password.chosen("next", "x".repeat(201), NAME))
                .isInstanceOf(InvalidField.class);
    }
}
