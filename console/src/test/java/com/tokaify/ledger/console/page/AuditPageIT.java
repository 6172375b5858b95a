package com.tokaify.ledger.console.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What an auditor takes away, to check it elsewhere. */
class AuditPageIT extends Scene {

    @Test
    void logOfSealsCanBeTakenAway() {
        Page page = open(PlayedLedger.as("auditor").withTokens(), "#/audit");
        Locator seals = page.locator("seal-card");
        assertThat(seals).containsText("1,204,551 events");
        assertThat(seals).containsText(PlayedReads.ROOT_HASH);
        button("Copy verifier key").click();
        assertThat(page.locator(".notice")).containsText("Verifier key copied.");
        assertThat(page.evaluate("navigator.clipboard.readText()")).isEqualTo(PlayedReads.SEAL_KEY);
        Download checkpoint = page.waitForDownload(() -> seals.locator("a.button").click());
        assertThat(checkpoint.suggestedFilename()).isEqualTo("checkpoint.txt");
    }

    @Test
    void eachEventLeadsToItsProof() {
        Page page = open(PlayedLedger.as("auditor").withTokens(), "#/audit");
        Locator event = page.locator(".feed-table tbody tr").first();
        event.locator("summary").click();
        assertThat(event.getByText("Proof that it is sealed"))
                .hasAttribute(
                        "href",
                        Pattern.compile("^/api/query/v1/seals/proofs/tok_[0-9a-z]{26}:\\d+$"));
    }
}
