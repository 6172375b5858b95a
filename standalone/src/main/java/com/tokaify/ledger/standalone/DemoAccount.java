package com.tokaify.ledger.standalone;

/** The customers of the demo. */
enum DemoAccount {
    HARBOR("Harbor Chat", 20),
    FJORD("Fjord Analytics", 20),
    QUILL("Quill Publishing", 20),
    /** Runs out of money before noon. */
    PAPERBOAT("Paperboat Studio", 0.35),
    /** Has not paid and is suspended until the afternoon. */
    DUST_DEVIL("Dust Devil Games", 20),
    LANTERN("Lantern Labs", 20);

    private final String title;
    private final double daysPaid;

    DemoAccount(String title, double daysPaid) {
        this.title = title;
        this.daysPaid = daysPaid;
    }

    /** What people call it. */
    String title() {
        return title;
    }

    /** How many days its credit would last. */
    double daysPaid() {
        return daysPaid;
    }
}
