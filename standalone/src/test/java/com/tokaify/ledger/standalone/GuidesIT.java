package com.tokaify.ledger.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.standalone.Page.Block;
import com.tokaify.ledger.standalone.Page.How;
import com.tokaify.ledger.standalone.Shell.Printed;
import com.tokaify.ledger.testkit.Await;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Pages tell the truth: the shell blocks of every page are run as they stand there, in their order,
 * and print what stands there. A block after which nothing is shown prints nothing and succeeds.
 */
@ExtendWith(SharedLedger.class)
class GuidesIT {
    private static final Duration SOON = Duration.ofMinutes(1);

    @TempDir private Path temporary;

    static List<String> pages() throws IOException {
        List<String> pages = new ArrayList<>();
        for (Path page : Pages.all()) {
            if (Page.read(page).isRun()) {
                pages.add(Pages.HOUSE.relativize(page).toString());
            }
        }
        return pages;
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyBlockPrintsWhatThePageShows(String page, RunningLedger ledger) throws Exception {
        Shown shown = new Shown();
        try (Checkout checkout = Checkout.in(temporary, ledger);
                Shell shell = checkout.shell()) {
            for (Block block : Page.read(Pages.HOUSE.resolve(page)).blocks()) {
                if (block.how() == How.NOT_RUN) {
                    continue;
                }
                String command = checkout.here(block.command());
                String answer = block.answer();
                if (answer == null) {
                    Printed printed = shell.run(command);
                    assertThat(printed.text()).as(command).isBlank();
                    assertThat(printed.status()).as(command).isZero();
                } else if (block.how() == How.SOON) {
                    Await.until(
                            SOON,
                            command + "\nprints\n" + answer,
                            () -> shell.run(command).text(),
                            said -> shown.isSaid(answer, said));
                } else {
                    String said = shell.run(command).text();
                    if (!shown.isSaid(answer, said)) {
                        assertThat(said).as(command).isEqualTo(answer);
                    }
                }
            }
        }
    }
}
