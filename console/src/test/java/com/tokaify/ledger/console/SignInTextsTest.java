package com.tokaify.ledger.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class SignInTextsTest {

    /** What one language says the other says too, with the same gaps to fill. */
    @Test
    void bothLanguagesSayTheSame() throws Exception {
        Properties english = texts("sign-in.properties");
        Properties chinese = texts("sign-in_zh.properties");
        assertThat(chinese.stringPropertyNames()).isEqualTo(english.stringPropertyNames());
        for (String key : english.stringPropertyNames()) {
            assertThat(chinese.getProperty(key)).as(key).isNotBlank();
            assertThat(chinese.getProperty(key).contains("{0}"))
                    .as(key)
                    .isEqualTo(english.getProperty(key).contains("{0}"));
        }
    }

    private static Properties texts(String file) throws IOException {
        Properties texts = new Properties();
        try (Reader in =
                new InputStreamReader(
                        Objects.requireNonNull(Console.class.getResourceAsStream("/texts/" + file)),
                        StandardCharsets.UTF_8)) {
            texts.load(in);
        }
        return texts;
    }
}
