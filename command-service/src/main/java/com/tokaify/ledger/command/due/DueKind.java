package com.tokaify.ledger.command.due;

/** Why a token is due. The code is stored. */
enum DueKind {
    EXPIRY(1),
    PERIOD_END(2);

    private final short code;

    DueKind(int code) {
        this.code = (short) code;
    }

    short code() {
        return code;
    }

    static DueKind ofCode(short code) {
        for (DueKind kind : values()) {
            if (kind.code == code) {
                return kind;
            }
        }
        throw new IllegalStateException("ledger.due has the unknown kind " + code);
    }
}
