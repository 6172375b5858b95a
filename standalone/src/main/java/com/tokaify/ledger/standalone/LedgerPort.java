package com.tokaify.ledger.standalone;

/** The ports of a ledger, each with the environment variable that moves it. */
enum LedgerPort {
    POSTGRES("PostgreSQL", "LEDGER_POSTGRES_PORT", 5433),
    KAFKA("Kafka", "LEDGER_KAFKA_PORT", 9092),
    COMMAND("command-service", "LEDGER_COMMAND_PORT", 8081),
    QUERY("query-service", "LEDGER_QUERY_PORT", 8082),
    ENFORCEMENT("enforcement-service", "LEDGER_ENFORCEMENT_PORT", 8083),
    ENFORCEMENT_GRPC("enforcement-service's gRPC", "LEDGER_ENFORCEMENT_GRPC_PORT", 9083),
    CONSOLE("console", "LEDGER_CONSOLE_PORT", 8080);

    private final String listener;
    private final String variable;
    private final int defaultNumber;

    LedgerPort(String listener, String variable, int defaultNumber) {
        this.listener = listener;
        this.variable = variable;
        this.defaultNumber = defaultNumber;
    }

    /** Who listens on it. */
    String listener() {
        return listener;
    }

    String variable() {
        return variable;
    }

    int defaultNumber() {
        return defaultNumber;
    }
}
