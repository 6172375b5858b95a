package com.tokaify.ledger.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DemoTrafficTest {
    private static final DemoDay DAY = new DemoDay(50, Duration.ofMinutes(10));
    private static final List<DemoMember> MEMBERS =
            DemoScript.TOKENS.stream()
                    .map(token -> new DemoMember(token, "acc", "tok", "sk-own"))
                    .toList();

    private static List<DemoCall> calls(int count) {
        DemoTraffic traffic = new DemoTraffic(MEMBERS, "run", new Random(1));
        return Stream.generate(traffic::next).limit(count).toList();
    }

    private static double share(List<DemoCall> calls, Predicate<DemoCall> kind) {
        return (double) calls.stream().filter(kind).count() / calls.size();
    }

    /** At the end of the day all calls were made, no more and no fewer, at whatever pace. */
    @Test
    void dayHasTheCallsThatWereAskedForAndMostAtNoon() {
        assertThat(DAY.calls()).isEqualTo(30_000);
        assertThat(DAY.callsUntil(0)).isZero();
        assertThat(DAY.callsUntil(0.5)).isEqualTo(15_000);
        assertThat(DAY.callsUntil(1)).isEqualTo(30_000);
        long atMidnight = DAY.callsUntil(0.05);
        long atNoon = DAY.callsUntil(0.525) - DAY.callsUntil(0.475);
        assertThat(atNoon).isBetween(8 * atMidnight, 10 * atMidnight);
        assertThat(DemoDay.clock(DAY.part(Duration.ofMinutes(5)))).isEqualTo(LocalTime.NOON);
        assertThat(DemoDay.clock(DAY.part(Duration.ofHours(5)))).isEqualTo("23:59");
    }

    /** The first application calls about twice as often as the second, and so on. */
    @Test
    void busyApplicationsCallAsZipfSays() {
        List<DemoCall> calls = calls(40_000);
        for (int place = 0; place < MEMBERS.size(); place++) {
            DemoMember member = MEMBERS.get(place);
            assertThat(share(calls, call -> call.caller() == member))
                    .as(member.toString())
                    .isBetween(0.8 * DemoScript.share(place), 1.2 * DemoScript.share(place));
        }
    }

    /** What goes wrong in the world goes wrong here, and not too often. */
    @Test
    void someCallsAreWrong() {
        List<DemoCall> calls = calls(40_000);
        assertThat(share(calls, DemoCall::isMistyped)).isBetween(0.015, 0.025);
        assertThat(share(calls, call -> call.isMistyped() == call.secret().equals("sk-own")))
                .isZero();
        assertThat(share(calls, call -> !call.address().equals(call.caller().token().address())))
                .isBetween(0.13, 0.17);
        List<DemoCall> restricted =
                calls.stream().filter(call -> call.caller().token().onlyModels()).toList();
        assertThat(share(restricted, DemoTrafficTest::asksForAnotherModel)).isBetween(0.13, 0.17);
        assertThat(share(calls, call -> call.cost() == 0)).isBetween(0.03, 0.05);
        assertThat(calls).extracting(DemoCall::way).contains(DemoCall.Way.values());
    }

    private static boolean asksForAnotherModel(DemoCall call) {
        return !DemoModel.names(call.caller().token().models()).contains(call.model());
    }

    /** The same day can be watched twice; no usage of it has the id of another. */
    @Test
    void sameChanceMakesTheSameDay() {
        assertThat(calls(500)).isEqualTo(calls(500));
        assertThat(calls(500)).extracting(DemoCall::id).doesNotHaveDuplicates();
    }

    /** A day without one kind of token would show less than there is. */
    @Test
    void castHasTokensOfEveryKind() {
        DemoToken.Expected expected =
                new DemoToken.Expected(
                        100, 10_000, Instant.EPOCH, Duration.ofMinutes(1));
        assertThat(
                        DemoScript.TOKENS.stream()
                                .flatMap(token -> token.limits().of(expected).keySet().stream()))
                .contains(
                        "quotaLimit",
                        "quotaPeriod",
                        "modelQuotas",
                        "ipAllowlist",
                        "expiresAt",
                        "rateLimits");
        assertThat(DemoScript.TOKENS).anyMatch(token -> token.limits().of(expected).isEmpty());
        assertThat(DemoScript.TOKENS).anyMatch(DemoToken::onlyModels);
        assertThat(DemoScript.TOKENS)
                .extracting(DemoToken::account)
                .contains(DemoAccount.values());
    }
}
