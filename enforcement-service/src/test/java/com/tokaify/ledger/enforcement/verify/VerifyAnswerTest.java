package com.tokaify.ledger.enforcement.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.enforcement.TestLedger;
import com.tokaify.ledger.enforcement.decision.Decision;
import com.tokaify.ledger.enforcement.decision.Verdict;
import com.tokaify.ledger.enforcement.view.UsedSecret;
import com.tokaify.ledger.events.Position;
import com.tokaify.ledger.events.rules.Code;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class VerifyAnswerTest {

    /** The exact answer gateways parse, with everything told. */
    @Test
    void anIdentifiedTokenIsToldInFull() {
        assertThat(
                        text(
                                new Decision.Identified(
                                        new Verdict(Code.OK, "The token may be used."),
                                        TestLedger.token(1),
                                        TestLedger.account(1),
                                        "default",
                                        UsedSecret.CURRENT,
                                        7L,
                                        Instant.parse("2027-01-01T00:00:00Z"),
                                        new Position(3, 99))))
                .isEqualTo(
                        "{\"valid\":true,\"code\":\"OK\",\"message\":\"The token may be used.\","
                                + "\"tokenId\":\"tok_0000000000000g000000000001\","
                                + "\"accountId\":\"acc_00000000000010000000000001\","
                                + "\"group\":\"default\",\"secret\":\"current\",\"remaining\":7,"
                                + "\"expiresAt\":\"2027-01-01T00:00:00Z\",\"position\":\"3:99\"}");
    }

    /**
     * Unlimited and never are null, not absent: a client can rely on the fields. The message is the
     * decision's own, and a secret in its grace period is told as such.
     */
    @Test
    void noLimitAndNoExpiryAreNull() {
        assertThat(
                        text(
                                new Decision.Identified(
                                        new Verdict(Code.ACCOUNT_SUSPENDED, "Unpaid."),
                                        TestLedger.token(1),
                                        TestLedger.account(1),
                                        "default",
                                        UsedSecret.PREVIOUS,
                                        null,
                                        null,
                                        new Position(3, 99))))
                .startsWith(
                        "{\"valid\":false,\"code\":\"ACCOUNT_SUSPENDED\",\"message\":\"Unpaid.\",")
                .contains("\"secret\":\"previous\",\"remaining\":null,\"expiresAt\":null,");
    }

    /** Where waiting helps, how long is told; elsewhere there is no such field. */
    @Test
    void whenToComeBackIsTold() {
        assertThat(text(refused(new Verdict(Code.RATE_LIMITED, "Too often.", 7))))
                .endsWith("\"position\":\"3:99\",\"retryAfterSeconds\":7}");
        assertThat(text(refused(new Verdict(Code.RATE_LIMITED, "Too much."))))
                .endsWith("\"position\":\"3:99\"}");
    }

    private static Decision refused(Verdict verdict) {
        return new Decision.Identified(
                verdict,
                TestLedger.token(1),
                TestLedger.account(1),
                "default",
                UsedSecret.CURRENT,
                null,
                null,
                new Position(3, 99));
    }

    /** Whose secret matched nothing learns nothing but that. */
    @Test
    void anUnidentifiedCallerIsToldTheCodeAlone() {
        assertThat(text(new Decision.Unidentified(Code.TOKEN_NOT_FOUND)))
                .isEqualTo(
                        "{\"valid\":false,\"code\":\"TOKEN_NOT_FOUND\","
                                + "\"message\":\"There is no such token.\"}");
    }

    private static String text(Decision decision) {
        return new String(VerifyAnswer.of(decision), UTF_8);
    }
}
