package com.tokaify.ledger.service;

import org.springframework.boot.web.server.PortInUseException;

/** A port that is not the one of HTTP is taken; its own variable moves it. */
public final class PortTaken extends PortInUseException {
    private static final long serialVersionUID = 1L;

    private final String variable;

    public PortTaken(int port, String variable, Throwable cause) {
        super(port, cause);
        this.variable = variable;
    }

    /** The environment variable that moves it. */
    String variable() {
        return variable;
    }
}
