package com.tokaify.ledger.query.access;

import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.query.token.TokenTable;
import com.tokaify.ledger.service.access.Access;
import com.tokaify.ledger.service.access.Scope;
import com.tokaify.ledger.service.problem.ProblemException;
import org.springframework.http.HttpStatus;

/**
 * Whether somebody may know of what he names, asked before anything is told of it. Another
 * account's token is answered as one that was never there, and so are others' accounts. Any number
 * of threads.
 */
public final class Reach {
    private final TokenTable tokens;

    public Reach(TokenTable tokens) {
        this.tokens = tokens;
    }

    /**
     * Costs nothing where all accounts are within reach; whether there is such a token is then
     * found out by whoever looks for it.
     *
     * @throws ProblemException 404 where it is out of reach
     */
    public void require(Access access, TokenId token) {
        boolean within =
                switch (access.scope()) {
                    case Scope.EveryAccount _ -> true;
                    case Scope.OneAccount account -> tokens.exists(token, account.accountId());
                };
        if (!within) {
            throw noToken(token);
        }
    }

    /**
     * @throws ProblemException 404 where it is out of reach
     */
    public void require(Access access, AccountId account) {
        if (!access.scope().covers(account)) {
            throw noAccount(account);
        }
    }

    /** What is answered where there is no such token. */
    public static ProblemException noToken(TokenId token) {
        return notFound("TOKEN_NOT_FOUND", "token " + token);
    }

    /** What is answered where there is no such account. */
    public static ProblemException noAccount(AccountId account) {
        return notFound("ACCOUNT_NOT_FOUND", "account " + account);
    }

    private static ProblemException notFound(String code, String what) {
        return new ProblemException(HttpStatus.NOT_FOUND, code, "There is no " + what + ".");
    }
}
