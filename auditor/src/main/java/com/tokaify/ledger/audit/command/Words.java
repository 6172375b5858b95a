package com.tokaify.ledger.audit.command;

/** How people are told what programs are told in full. */
final class Words {
    private static final String NAMESPACE = "com.tokaify.ledger.";

    private Words() {}

    /** {@code token-renamed} of {@code com.tokaify.ledger.token-renamed.v1}. */
    static String ofType(String type) {
        int version = type.lastIndexOf(".v");
        return type.startsWith(NAMESPACE) && version > NAMESPACE.length()
                ? type.substring(NAMESPACE.length(), version)
                : type;
    }
}
