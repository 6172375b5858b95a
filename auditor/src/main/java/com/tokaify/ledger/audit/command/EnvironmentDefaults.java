package com.tokaify.ledger.audit.command;

import static java.util.Map.entry;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Takes options that are not given from the variables that services take them from. */
public final class EnvironmentDefaults implements IDefaultValueProvider {
    private static final Map<String, String> VARIABLES =
            Map.ofEntries(
                    entry(Connections.DATABASE, "LEDGER_DATABASE_URL"),
                    entry(Connections.QUERY_DATABASE, "LEDGER_QUERY_DATABASE_URL"),
                    entry(Connections.KAFKA, "LEDGER_KAFKA_BOOTSTRAP"),
                    entry(Connections.PASSWORD_FILE, "LEDGER_AUDITOR_PASSWORD_FILE"),
                    entry(LogKey.KEY, "LEDGER_SEAL_VERIFIER_KEY"));

    private final Map<String, String> environment;

    public EnvironmentDefaults(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    static @Nullable String variable(String option) {
        return VARIABLES.get(option);
    }

    @Override
    public @Nullable String defaultValue(ArgSpec argument) {
        if (!(argument instanceof OptionSpec option)) {
            return null;
        }
        String variable = variable(option.longestName());
        String value = variable == null ? null : environment.get(variable);
        return value == null || value.isBlank() ? null : value;
    }
}
