package com.tokaify.ledger.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.tokaify.ledger.standalone.Page.Block;
import com.tokaify.ledger.standalone.Page.How;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which blocks of a page are run, and what is an answer. */
class PageTest {
    /** What is not for a shell: answers, programs, pictures. */
    private static final Set<String> SHOWN =
            Set.of("csv", "http", "java", "js", "json", "sql", "text", "yaml");

    private static final Set<String> RUN = Set.of("sh", "sh soon", "sh not-run");

    /** The block right behind a call is its answer; one that words come before is not. */
    @Test
    void anAnswerStandsRightBehindItsCall() {
        Page page =
                Page.parse(
                        """
                        ```sh
                        one
                        ```

                        ```json
                        1
                        ```

                        ```sh soon
                        two
                        ```

                        which is told like this:

                        ```json
                        2
                        ```

                        ```sh not-run
                        three
                        ```
                        """);

        assertThat(page.blocks())
                .containsExactly(
                        new Block(How.AT_ONCE, "one\n", "1\n"),
                        new Block(How.SOON, "two\n", null),
                        new Block(How.NOT_RUN, "three\n", null));
    }

    @Test
    void aMisspelledWayToRunABlockIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Page.parse("```sh later\none\n```\n"))
                .withMessageContaining("sh later");
    }

    /** A command in a block without a language would be run by nobody, and nobody would notice. */
    @Test
    void everyBlockOfEveryPageSaysWhatItIs() throws IOException {
        List<String> unsaid = new ArrayList<>();
        int run = 0;
        for (Path page : Pages.all()) {
            for (String language : Page.languages(Files.readString(page))) {
                if (!RUN.contains(language) && !SHOWN.contains(language)) {
                    unsaid.add(Pages.HOUSE.relativize(page) + ": '" + language + "'");
                }
            }
            run +=
                    (int)
                            Page.read(page).blocks().stream()
                                    .filter(block -> block.how() != How.NOT_RUN)
                                    .count();
        }
        assertThat(unsaid).isEmpty();
        assertThat(run).isGreaterThan(90);
    }
}
