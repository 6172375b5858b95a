package com.tokaify.ledger.standalone;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * What the operator does in the course of the day.
 *
 * @param part of the day, from 0 to 1
 */
record DemoHappening(double part, String what, Deed deed) {
    private static final long GRACE_SECONDS = 3_600;
    private static final long PLENTY = 500_000_000;

    /** One or more commands. */
    @FunctionalInterface
    interface Deed {
        void happen(DemoCaller caller, DemoCast cast) throws IOException, InterruptedException;
    }

    /** In the order of time. */
    static final List<DemoHappening> ALL =
            List.of(
                    new DemoHappening(
                            0.35,
                            "Harbor Chat changes the secret of support-bot; the old one goes on for an hour",
                            DemoHappening::rotate),
                    new DemoHappening(
                            0.5,
                            "Fjord Analytics finds the secret of intern-project on the web and disables it",
                            (caller, cast) ->
                                    caller.command(
                                            "POST",
                                            cast.path(DemoScript.LEAKED) + "/disable",
                                            Map.of("reason", "leaked"))),
                    new DemoHappening(
                            0.58,
                            "Paperboat Studio pays",
                            (caller, cast) ->
                                    cast.credit(
                                            caller, DemoAccount.PAPERBOAT, PLENTY, "card payment")),
                    new DemoHappening(
                            0.62,
                            "Harbor Chat raises the limit of chat-staging",
                            (caller, cast) ->
                                    caller.command(
                                            "PATCH",
                                            cast.path(DemoScript.STAGING),
                                            Map.of("quotaLimit", PLENTY))),
                    new DemoHappening(
                            0.66,
                            "Dust Devil Games has paid its invoice and may go on",
                            (caller, cast) ->
                                    caller.command(
                                            "POST",
                                            "/v1/accounts/"
                                                    + cast.accountId(DemoAccount.DUST_DEVIL)
                                                    + "/resume",
                                            Map.of())));

    private static void rotate(DemoCaller caller, DemoCast cast)
            throws IOException, InterruptedException {
        DemoCaller.Answer rotated =
                caller.command(
                        "POST",
                        cast.path(DemoScript.ROTATED) + "/rotate",
                        Map.of("graceSeconds", GRACE_SECONDS));
        cast.member(DemoScript.ROTATED).takes(rotated.text("secret"));
    }
}
