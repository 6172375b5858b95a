package com.tokaify.ledger.audit.finding;

/** The closed set of what can be wrong with a ledger. Names are stable: scripts read them. */
public enum FindingKind {
    /** Positions of a partition have a hole. */
    POSITION_MISSING,

    /** A position is there more than once, or out of order. */
    POSITION_REPEATED,

    /** The sequence of a stream has a hole, a repetition, or goes back. */
    SEQUENCE_BROKEN,

    /** A stream lies in a partition its name does not hash to. */
    WRONG_PARTITION,

    /** An event is not what its type says, or of no known type. */
    EVENT_UNREADABLE,

    /** The store has an event that Kafka has not. */
    RECORD_MISSING,

    /** Kafka has an event that the store has not. */
    RECORD_UNKNOWN,

    /** Store and Kafka differ about an event. */
    RECORD_DIFFERS,

    /** An event is not the one that was sealed. */
    LEAF_DIFFERS,

    /** An event was sealed and is not there. */
    LEAF_MISSING,

    /** An event has been there for long and is not sealed. */
    NOT_SEALED,

    /** The log of seals does not follow itself: leaves are missing, repeated or out of order. */
    LOG_BROKEN,

    /** A checkpoint does not sign the tree of the leaves before it. */
    CHECKPOINT_ROOT,

    /** A checkpoint is not signed by the key that was given. */
    CHECKPOINT_SIGNATURE,

    /** A checkpoint does not continue one that was kept: history was rewritten. */
    CHECKPOINT_INCONSISTENT,

    /** The log has a seal that Kafka has not. */
    SEAL_MISSING,

    /** Kafka has a seal that the log has not. */
    SEAL_UNKNOWN,

    /** Kafka tells a seal otherwise than the log has it. */
    SEAL_DIFFERS,

    /** A total in an event is not the sum of what was consumed before it. */
    TOTAL_DIFFERS,

    /** A strict consumption went above the limit. */
    CAP_EXCEEDED,

    /** Usage above the limit does not say so, or the other way round. */
    OVERRUN_UNFLAGGED,

    /** A usage, refund or credit that may be booked once is booked twice. */
    USAGE_TWICE,

    /** An event cannot follow those before it. */
    STATE_CONTRADICTED,

    /** A balance of the views is not credits, adjustments and consumption added up. */
    BALANCE_DIFFERS,

    /** A view lacks what events say is there. */
    VIEW_MISSING,

    /** A view has what no event made. */
    VIEW_UNKNOWN,

    /** A view and the events differ about a field. */
    VIEW_DIFFERS,

    /** A proof of an evidence pack does not prove its event. */
    PROOF_INVALID
}
