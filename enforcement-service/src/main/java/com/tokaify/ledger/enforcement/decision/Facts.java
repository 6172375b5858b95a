package com.tokaify.ledger.enforcement.decision;

import com.tokaify.ledger.enforcement.view.AccountState;
import com.tokaify.ledger.enforcement.view.TokenState;
import java.time.Instant;

/** All that the rules judge by. */
public record Facts(TokenState token, AccountState account, Check check, Instant now) {}
