package com.tokaify.ledger.standalone;

import com.tokaify.ledger.local.FileTrees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Hands every system test that asks for a {@link RunningLedger} the same one, started for the first
 * and stopped after the last: starting five processes takes longer than most tests do. Who takes a
 * process away gives it back; tokens and accounts are each test's own.
 */
final class SharedLedger implements ParameterResolver {
    /** Shorter than the defaults, so that a test need not wait for what takes long on purpose. */
    private static final Map<String, String> SETTINGS =
            Map.of("LEDGER_USAGE_TIMEOUT", "1s", "LEDGER_VIEW_STALENESS_LIMIT", "15s");

    private static final Namespace NAMESPACE = Namespace.create(SharedLedger.class);

    /** In the store of the whole run, which closes it. */
    private record Started(Path folder, RunningLedger ledger) implements AutoCloseable {
        static Started now() {
            try {
                Path folder = Files.createTempDirectory("tokaify-ledger-system-test-");
                return new Started(folder, new RunningLedger(folder.resolve("data"), SETTINGS));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() throws IOException {
            ledger.close();
            FileTrees.delete(folder);
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == RunningLedger.class;
    }

    @Override
    public RunningLedger resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(Started.class, _ -> Started.now(), Started.class)
                .ledger();
    }
}
