package com.tokaify.ledger.audit.report;

import java.io.PrintWriter;

/**
 * What a command has to say. As JSON it is one object, made of the components of the record that
 * implements this.
 */
public interface Answer {
    /** For people. */
    void print(PrintWriter out);
}
