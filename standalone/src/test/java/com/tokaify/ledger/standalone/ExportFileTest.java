package com.tokaify.ledger.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExportFileTest {
    @TempDir private Path folder;

    private ExportFile read(String name, String content) throws Exception {
        return ExportFile.read(Files.writeString(folder.resolve(name), content));
    }

    /** A list or an API's page is sent as lists of 1000 at most, every row once and in order. */
    @ParameterizedTest
    @ValueSource(strings = {"[%s]", "{\"data\":[%s]}", "{\"data\":{\"items\":[%s],\"total\":9}}"})
    void cutsJsonIntoRequests(String shape) throws Exception {
        String rows =
                String.join(
                        ",",
                        IntStream.range(0, 2_001).mapToObj(i -> "{\"id\":" + i + "}").toList());
        ExportFile file = read("tokens.json", shape.formatted(rows));

        assertThat(file.contentType()).isEqualTo("application/json");
        assertThat(file.parts()).extracting(ExportFile.Part::rows).containsExactly(1_000, 1_000, 1);
        assertThat(file.parts().getFirst().body()).startsWith("[{\"id\":0},{\"id\":1},");
        assertThat(file.parts().get(1).body()).startsWith("[{\"id\":1000},");
        assertThat(file.parts().getLast().body()).isEqualTo("[{\"id\":2000}]");
    }

    /** The header is sent with every part; a line break inside quotes is part of a row. */
    @Test
    void cutsCsvIntoRequests() throws Exception {
        ExportFile file =
                read("TOKENS.CSV", "id,allow_ips\r\n" + "1,\"a\nb\"\r\n".repeat(1_000) + "2,c");

        assertThat(file.contentType()).isEqualTo("text/csv");
        assertThat(file.parts()).extracting(ExportFile.Part::rows).containsExactly(1_000, 1);
        assertThat(file.parts().getFirst().body())
                .isEqualTo("id,allow_ips\r\n" + "1,\"a\nb\"\r\n".repeat(1_000));
        assertThat(file.parts().getLast().body()).isEqualTo("id,allow_ips\r\n2,c\n");
    }

    /** Rows that are large make smaller parts, so that no request is too large. */
    @Test
    void boundsTheSizeOfRequests() throws Exception {
        ExportFile file = read("t.csv", "id\n" + ("x".repeat(99_999) + "\n").repeat(7));
        assertThat(file.parts()).extracting(ExportFile.Part::rows).containsExactly(3, 3, 1);
    }

    /** What is no export is refused before anything is sent, and never printed. */
    @ParameterizedTest
    @ValueSource(strings = {"[{\"key\":\"a secret\",}]", "a secret", "{}", "[]", ""})
    void refusesWhatIsNoExport(String content) {
        assertThatThrownBy(() -> read("x.json", content))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("x.json")
                .hasMessageNotContaining("secret");
    }

    @Test
    void refusesWhatIsNotThere() {
        assertThatThrownBy(() -> ExportFile.read(folder.resolve("none.csv")))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("there is no file");
    }
}
