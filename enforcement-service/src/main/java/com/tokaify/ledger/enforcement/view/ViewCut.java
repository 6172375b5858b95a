package com.tokaify.ledger.enforcement.view;

import java.util.ArrayList;
import java.util.List;

/**
 * The view as of one moment between two events. Taking it copies references and nothing else: the
 * entries are immutable, so whoever writes them down may take his time.
 *
 * @param positions the last event of each partition that is in it
 */
public record ViewCut(List<Long> positions, List<TokenEntry> tokens, List<AccountCut> accounts) {

    /** An account and its state at that moment. */
    record AccountCut(AccountEntry account, AccountState state) {}

    public ViewCut {
        positions = List.copyOf(positions);
    }

    static ViewCut of(Contents contents) {
        List<Long> positions = new ArrayList<>();
        for (int partition = 0; partition < contents.partitions(); partition++) {
            positions.add(contents.applied(partition));
        }
        List<TokenEntry> tokens = new ArrayList<>(contents.tokens());
        contents.forEachToken(tokens::add);
        List<AccountCut> accounts = new ArrayList<>(contents.accounts());
        for (AccountEntry account : contents.allAccounts()) {
            accounts.add(new AccountCut(account, account.state()));
        }
        return new ViewCut(positions, tokens, accounts);
    }
}
