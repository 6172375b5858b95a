package com.tokaify.ledger.standalone;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Who plays: accounts and tokens that were made for one run, beside whatever is in the ledger
 * already.
 *
 * @param members in the script's order
 */
record DemoCast(Map<DemoAccount, String> accountIds, List<DemoMember> members) {
    private static final Duration KNOWN_SOON = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final Map<String, String> GROUPS =
            Map.of("default", "Default", "vip", "VIP", "batch", "Batch");

    DemoCast {
        accountIds = Map.copyOf(accountIds);
        members = List.copyOf(members);
    }

    /**
     * Opens the accounts, lists the models, creates the tokens, and takes from some what the script
     * wants them to lack.
     *
     * @param run is told in the names of the accounts, so that runs can be told apart
     */
    static DemoCast open(DemoCaller caller, DemoDay day, String run)
            throws IOException, InterruptedException {
        for (Map.Entry<String, String> group : GROUPS.entrySet()) {
            caller.command(
                    "PUT", "/v1/groups/" + group.getKey(), Map.of("displayName", group.getValue()));
        }
        for (DemoModel model : DemoModel.all()) {
            caller.command("PUT", "/v1/models/" + model.model(), Map.of());
        }
        Map<DemoAccount, String> ids = new EnumMap<>(DemoAccount.class);
        for (DemoAccount account : DemoAccount.values()) {
            ids.put(
                    account,
                    caller.command(
                                    "POST",
                                    "/v1/accounts",
                                    Map.of("name", account.title() + " · " + run))
                            .text("accountId"));
        }
        Instant begin = Instant.now();
        List<DemoMember> members = new ArrayList<>();
        Map<DemoAccount, Double> units = new EnumMap<>(DemoAccount.class);
        for (int place = 0; place < DemoScript.TOKENS.size(); place++) {
            DemoToken token = DemoScript.TOKENS.get(place);
            double calls = day.calls() * DemoScript.share(place);
            DemoToken.Expected expected =
                    new DemoToken.Expected(
                            calls,
                            calls * DemoModel.meanUnitsPerCall(token.models()),
                            begin,
                            day.length());
            units.merge(token.account(), expected.units(), Double::sum);
            members.add(create(caller, token, ids.getOrDefault(token.account(), ""), expected));
        }
        DemoCast cast = new DemoCast(ids, members);
        for (DemoAccount account : DemoAccount.values()) {
            double paid = account.daysPaid() * units.getOrDefault(account, 0.0);
            cast.credit(caller, account, Math.max(1, Math.round(paid)), "opening " + run);
        }
        cast.takeAway(caller);
        return cast;
    }

    private static DemoMember create(
            DemoCaller caller, DemoToken token, String accountId, DemoToken.Expected expected)
            throws IOException, InterruptedException {
        Map<String, Object> request = new HashMap<>(token.limits().of(expected));
        request.put("accountId", accountId);
        request.put("name", token.name());
        request.put("group", token.group());
        if (token.onlyModels()) {
            request.put("models", DemoModel.names(token.models()));
        }
        DemoCaller.Answer created = caller.command("POST", "/v1/tokens", request);
        return new DemoMember(token, accountId, created.text("tokenId"), created.text("secret"));
    }

    private void takeAway(DemoCaller caller) throws IOException, InterruptedException {
        caller.command(
                "POST",
                path(DemoScript.DISABLED) + "/disable",
                Map.of("reason", "the website was replaced"));
        caller.command("DELETE", path(DemoScript.DELETED), Map.of());
        caller.command(
                "POST",
                "/v1/accounts/" + accountId(DemoAccount.DUST_DEVIL) + "/suspend",
                Map.of("reason", "invoice overdue"));
    }

    void credit(DemoCaller caller, DemoAccount account, long units, String reference)
            throws IOException, InterruptedException {
        caller.command(
                "POST",
                "/v1/accounts/" + accountId(account) + "/credits",
                Map.of("amount", units, "reference", reference));
    }

    /**
     * Waits until enforcement has heard of every token.
     *
     * @throws IOException where that takes too long
     */
    void awaitKnown(DemoCaller caller) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        for (DemoMember member : members) {
            while (caller.ask("/v1/verify", Map.of("secret", member.secret()))
                    .text("code")
                    .matches("TOKEN_NOT_FOUND|VIEW_NOT_READY")) {
                if (Terminal.since(begin).compareTo(KNOWN_SOON) > 0) {
                    throw new IOException("enforcement-service has not heard of " + member);
                }
                Thread.sleep(PAUSE);
            }
        }
    }

    String accountId(DemoAccount account) {
        return accountIds.getOrDefault(account, "");
    }

    DemoMember member(DemoToken token) {
        return members.stream()
                .filter(member -> member.token().equals(token))
                .findFirst()
                .orElseThrow();
    }

    String path(DemoToken token) {
        return "/v1/tokens/" + member(token).tokenId();
    }
}
