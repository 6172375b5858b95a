package com.tokaify.ledger.standalone;

import static com.tokaify.ledger.standalone.DemoAccount.DUST_DEVIL;
import static com.tokaify.ledger.standalone.DemoAccount.FJORD;
import static com.tokaify.ledger.standalone.DemoAccount.HARBOR;
import static com.tokaify.ledger.standalone.DemoAccount.LANTERN;
import static com.tokaify.ledger.standalone.DemoAccount.PAPERBOAT;
import static com.tokaify.ledger.standalone.DemoAccount.QUILL;
import static com.tokaify.ledger.standalone.DemoModel.CAREFUL;
import static com.tokaify.ledger.standalone.DemoModel.LARGE;
import static com.tokaify.ledger.standalone.DemoModel.LONG;
import static com.tokaify.ledger.standalone.DemoModel.OPEN;
import static com.tokaify.ledger.standalone.DemoModel.SMALL;

import java.util.List;
import java.util.Map;

/**
 * Who is in the demo: tokens of every kind, the busiest first. The one at place <i>n</i> is used
 * <i>n</i> times less than the first, as Zipf found of words.
 */
final class DemoScript {
    static final DemoToken STAGING =
            token(HARBOR, "chat-staging", "default", DemoModel.all(), limit(0.3));

    /** Its secret is changed in the morning, while the old one goes on for an hour. */
    static final DemoToken ROTATED =
            token(HARBOR, "support-bot", "vip", List.of(SMALL, LARGE), DemoToken.Limits.NONE);

    static final DemoToken DISABLED =
            token(LANTERN, "old-website", "default", List.of(SMALL), DemoToken.Limits.NONE);

    static final DemoToken DELETED =
            token(LANTERN, "hackathon", "default", List.of(SMALL), DemoToken.Limits.NONE);

    /** Restricted in every way, and found in a public repository at noon all the same. */
    static final DemoToken LEAKED =
            restricted(
                    FJORD,
                    "intern-project",
                    List.of(SMALL),
                    "192.0.2.44",
                    expected ->
                            Map.of(
                                    "quotaLimit",
                                    expected.units(2),
                                    "ipAllowlist",
                                    List.of("192.0.2.44", "2001:db8:7::/48"),
                                    "expiresAt",
                                    expected.at(30).toString()));

    static final List<DemoToken> TOKENS =
            List.of(
                    token(HARBOR, "chat-prod", "vip", DemoModel.all(), DemoToken.Limits.NONE),
                    token(FJORD, "nightly-reports", "batch", List.of(OPEN, LONG), limit(5)),
                    token(
                            HARBOR,
                            "chat-mobile",
                            "vip",
                            List.of(SMALL, LARGE),
                            expected ->
                                    Map.of(
                                            "quotaLimit",
                                            expected.units(0.9),
                                            "quotaPeriod",
                                            Map.of("every", "day", "timeZone", "Asia/Shanghai"))),
                    restricted(
                            QUILL,
                            "editor-plugin",
                            List.of(LARGE, CAREFUL),
                            "198.51.100.20",
                            DemoToken.Limits.NONE),
                    token(
                            PAPERBOAT,
                            "moodboards",
                            "default",
                            List.of(LARGE, LONG),
                            DemoToken.Limits.NONE),
                    token(
                            FJORD,
                            "dashboards",
                            "default",
                            List.of(SMALL, LARGE),
                            expected ->
                                    Map.of(
                                            "modelQuotas",
                                            List.of(
                                                    Map.of(
                                                            "model",
                                                            LARGE.model(),
                                                            "quotaLimit",
                                                            expected.units(0.4))))),
                    STAGING,
                    token(
                            QUILL,
                            "print-server",
                            "default",
                            List.of(CAREFUL, SMALL),
                            "203.0.113.9",
                            _ -> Map.of("ipAllowlist", List.of("203.0.113.0/28"))),
                    token(
                            LANTERN,
                            "crawler",
                            "batch",
                            List.of(OPEN),
                            expected ->
                                    Map.of(
                                            "rateLimits",
                                            Map.of(
                                                    "requestsPerMinute",
                                                    Math.max(
                                                            1,
                                                            Math.round(
                                                                    expected.callsPerMinute()
                                                                            / 3))))),
                    token(
                            DUST_DEVIL,
                            "npc-dialogue",
                            "default",
                            List.of(OPEN, SMALL),
                            DemoToken.Limits.NONE),
                    token(
                            QUILL,
                            "trial",
                            "default",
                            List.of(LONG),
                            expected -> Map.of("expiresAt", expected.at(0.6).toString())),
                    DISABLED,
                    ROTATED,
                    token(PAPERBOAT, "sketch-bot", "default", List.of(LARGE), limit(0.5)),
                    LEAKED,
                    token(LANTERN, "voice", "batch", List.of(CAREFUL), DemoToken.Limits.NONE),
                    DELETED,
                    token(DUST_DEVIL, "leaderboard", "default", List.of(SMALL), limit(5)));

    private DemoScript() {}

    /** The share of all calls that the token at this place, from 0, makes. */
    static double share(int place) {
        double all = 0;
        for (int each = 0; each < TOKENS.size(); each++) {
            all += 1.0 / (each + 1);
        }
        return 1.0 / (place + 1) / all;
    }

    private static DemoToken.Limits limit(double share) {
        return expected -> Map.of("quotaLimit", expected.units(share));
    }

    private static DemoToken token(
            DemoAccount account,
            String name,
            String group,
            List<DemoModel> models,
            DemoToken.Limits limits) {
        return token(account, name, group, models, "198.51.100.7", limits);
    }

    private static DemoToken token(
            DemoAccount account,
            String name,
            String group,
            List<DemoModel> models,
            String address,
            DemoToken.Limits limits) {
        return new DemoToken(account, name, group, models, false, address, limits);
    }

    private static DemoToken restricted(
            DemoAccount account,
            String name,
            List<DemoModel> models,
            String address,
            DemoToken.Limits limits) {
        return new DemoToken(account, name, "default", models, true, address, limits);
    }
}
