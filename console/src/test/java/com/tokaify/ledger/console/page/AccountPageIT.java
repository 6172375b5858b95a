package com.tokaify.ledger.console.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;

class AccountPageIT extends Scene {

    /** The ledger tells a day's usage at the day's end, which is the next one's beginning. */
    @Test
    void usageOfADayBearsTheDateOfThatDay() {
        Page page =
                open(PlayedLedger.as("owner").withTokens(), "#/accounts/" + PlayedLedger.ACCOUNT);
        Locator lines = page.locator("statement-card tbody tr");
        assertThat(lines.nth(1)).containsText("2 Nov 2026, 10:12");
        assertThat(lines.nth(2).locator("td").first()).hasText("2 Nov 2026");
        assertThat(lines.nth(3).locator("td").first()).hasText("3 Nov 2026");
    }
}
