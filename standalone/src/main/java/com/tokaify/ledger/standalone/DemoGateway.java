package com.tokaify.ledger.standalone;

import java.io.IOException;
import java.util.Map;

/**
 * The gateway before the models: asks for each call whether it is allowed, in one of the ways
 * gateways do, and reports what it has cost. Usage is reported until somebody acknowledges it.
 * Thread-safe.
 */
final class DemoGateway {
    private static final int OK = 200;
    private static final int ACCEPTED = 202;
    private static final String ALLOWED = "OK";

    private final DemoCaller caller;
    private final DemoTally tally;

    DemoGateway(DemoCaller caller, DemoTally tally) {
        this.caller = caller;
        this.tally = tally;
    }

    void take(DemoCall call) throws InterruptedException {
        tally.called(account(call));
        try {
            switch (call.way()) {
                case HOOK -> askAndReport(call);
                case RESERVATION -> reserveAndSettle(call);
                case VERIFY -> decided(call, caller.ask("/v1/verify", question(call)).text("code"));
            }
        } catch (IOException e) {
            // Nobody answered whether it is allowed: the gateway lets nobody through.
            return;
        }
    }

    private void askAndReport(DemoCall call) throws IOException, InterruptedException {
        String code = caller.hook(call).headers().firstValue("X-Authz-Reason").orElse("");
        if (decided(call, code) && call.cost() > 0) {
            book(
                    call,
                    "/v1/usage",
                    Map.of(
                            "tokenId",
                            call.caller().tokenId(),
                            "usageId",
                            call.id(),
                            "amount",
                            call.cost(),
                            "model",
                            call.model()),
                    ACCEPTED);
        }
    }

    private void reserveAndSettle(DemoCall call) throws IOException, InterruptedException {
        DemoCaller.Answer answer =
                caller.ask(
                        "/v1/reservations",
                        Map.of(
                                "secret",
                                call.secret(),
                                "model",
                                call.model(),
                                "ip",
                                call.address(),
                                "amount",
                                call.reserve(),
                                "requestId",
                                call.id()));
        if (!decided(call, answer.text("code"))) {
            return;
        }
        String reservation =
                "/v1/reservations/"
                        + answer.json().path("reservation").path("reservationId").asString("");
        if (call.cost() > 0) {
            book(call, reservation + "/settle", Map.of("amount", call.cost()), OK);
        } else {
            caller.report(reservation + "/release", Map.of());
        }
    }

    private static Map<String, Object> question(DemoCall call) {
        return Map.of("secret", call.secret(), "model", call.model(), "ip", call.address());
    }

    /** Counts the answer; one without a code is none. */
    private boolean decided(DemoCall call, String code) {
        if (!code.isEmpty()) {
            tally.decided(account(call), code);
        }
        return code.equals(ALLOWED);
    }

    private void book(DemoCall call, String path, Map<String, ?> body, int acknowledged)
            throws InterruptedException {
        boolean known;
        try {
            known = caller.report(path, body).status() == acknowledged;
        } catch (IOException e) {
            known = false;
        }
        if (known) {
            tally.booked(account(call), call.cost());
        } else {
            tally.unsure(account(call), call.cost());
        }
    }

    private static DemoAccount account(DemoCall call) {
        return call.caller().token().account();
    }
}
