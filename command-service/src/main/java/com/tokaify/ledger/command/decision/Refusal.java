package com.tokaify.ledger.command.decision;

/**
 * The closed set of reasons for which a command is refused. The name is the {@code code} callers
 * see.
 */
public enum Refusal {
    /** A setting has changed since the sequence the caller has seen. */
    CHANGED_MEANWHILE,
    ACCOUNT_NOT_FOUND,
    ACCOUNT_SUSPENDED,
    /** The group is not in the operator's catalog. */
    GROUP_NOT_FOUND,
    /** The model is not in the operator's catalog. */
    MODEL_NOT_LISTED,
    TOKEN_NOT_FOUND,
    TOKEN_DELETED,
    TOKEN_DISABLED,
    TOKEN_EXPIRED,
    /** Another token has or had this secret; or this one had it before. */
    SECRET_IN_USE,
    /** The secret was taken over as a hash: nobody here knows it. */
    SECRET_NOT_RECOVERABLE,
    MODEL_MISSING,
    MODEL_NOT_ALLOWED,
    QUOTA_EXHAUSTED,
    /** The usage id was booked before, with another amount or model. */
    USAGE_ID_CONFLICT,
    USAGE_NOT_FOUND,
    REFUND_EXCEEDS_USAGE,
    /** The usage was refunded before, with another amount. */
    REFUND_CONFLICT,
    /** The reference was credited before, with another amount. */
    REFERENCE_CONFLICT,
    /** The running total would leave what a JSON reader represents exactly. */
    TOTAL_OVERFLOW
}
