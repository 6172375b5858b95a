package com.tokaify.ledger.events.rules;

/** The closed vocabulary of decisions. Names are for programs and never change. */
public enum Code {
    OK("The token may be used."),
    TOKEN_MISSING("No token was given."),
    TOKEN_NOT_FOUND("There is no such token."),
    TOKEN_DELETED("The token was deleted."),
    TOKEN_DISABLED("The token is disabled."),
    TOKEN_EXPIRED("The token has expired."),
    IP_NOT_ALLOWED("The token may not be used from this address."),
    MODEL_MISSING("The token is restricted to certain models and no model was named."),
    MODEL_NOT_ALLOWED("The token may not use this model."),
    ACCOUNT_SUSPENDED("The account of the token is suspended."),
    BALANCE_INSUFFICIENT("The balance of the token's account does not cover the call."),
    QUOTA_EXHAUSTED("What is left of the token's quota does not cover the call."),
    RATE_LIMITED("The token was used too often within a minute."),
    VIEW_NOT_READY("This instance cannot answer yet; ask another one or try again.");

    private final String message;

    Code(String message) {
        this.message = message;
    }

    /** One sentence for people, where nothing more precise is to be said. */
    public String message() {
        return message;
    }
}
