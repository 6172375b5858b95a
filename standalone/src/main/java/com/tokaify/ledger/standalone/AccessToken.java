package com.tokaify.ledger.standalone;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Main class of {@code ./ledger access-token}: prints a token for curl, good for an hour, and
 * nothing else, so that a shell can take it.
 */
public final class AccessToken {
    private static final int FAILED = 1;
    private static final int REFUSED = 2;

    private AccessToken() {}

    public static void main(String[] arguments) throws InterruptedException {
        Terminal terminal = new Terminal(System.out, System.err);
        System.exit(run(List.of(arguments), System.getenv(), terminal));
    }

    private static int run(
            List<String> arguments, Map<String, String> environment, Terminal terminal)
            throws InterruptedException {
        try {
            AccessTokenOptions options =
                    AccessTokenOptions.parse(
                            arguments, Path.of(System.getProperty("ledger.data", "data")));
            LocalTokens tokens =
                    new LocalTokens(
                            URI.create(Addresses.from(environment).url(LedgerPort.CONSOLE)),
                            Credentials.localClientFile(options.data()));
            if (!tokens.canAsk()) {
                throw new Refusal(
                        options.data() + " holds no ledger: start one with up, or name its folder");
            }
            terminal.line(tokens.get(options.role(), options.account()));
            return 0;
        } catch (Refusal e) {
            terminal.error(e.line());
            return REFUSED;
        } catch (IOException e) {
            terminal.error("no token: " + e.getMessage() + "; does the ledger run?");
            return FAILED;
        }
    }
}
