package com.tokaify.ledger.standalone;

import com.tokaify.ledger.local.LocalFolder;
import com.tokaify.ledger.local.StartFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * Main class of {@code ./ledger}: {@code up} runs a whole ledger in the foreground, PostgreSQL,
 * Kafka and every service as a process of its own, until Ctrl-C. It holds no data and decides
 * nothing; killed, it leaves its children running, and the next {@code up} on the same folder stops
 * them and starts anew.
 *
 * <p>The system property {@code ledger.data} names the data folder where the command line does not,
 * {@code ledger.services} the folder of the services' jars, {@code ledger.caches} the folder of
 * what makes the next start faster; the launcher sets all of them.
 */
public final class Standalone {
    private static final int FAILED = 1;
    private static final int REFUSED = 2;

    private final Map<String, String> environment;
    private final Terminal terminal;
    private volatile @Nullable NextStart nextStart;

    private Standalone(Map<String, String> environment, Terminal terminal) {
        this.environment = environment;
        this.terminal = terminal;
    }

    public static void main(String[] arguments) {
        Terminal terminal = new Terminal(System.out, System.err);
        System.exit(new Standalone(System.getenv(), terminal).run(List.of(arguments)));
    }

    private int run(List<String> arguments) {
        try {
            up(Options.parse(arguments, Path.of(System.getProperty("ledger.data", "data"))));
        } catch (Refusal e) {
            terminal.error(e.line());
            return REFUSED;
        } catch (IOException e) {
            terminal.error(e.toString());
        } catch (InterruptedException stopped) {
            // By the shutdown hook, which decides the exit code.
            Thread.currentThread().interrupt();
        }
        return FAILED;
    }

    private void up(Options options) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        Addresses addresses = Addresses.from(environment);
        try (DataFolder data = DataFolder.take(options.data())) {
            for (String orphan : data.stopOrphans()) {
                terminal.line("Stopped " + orphan + ", left running by a killed ./ledger up.");
            }
            addresses.requireFree();
            if (options.fresh()) {
                data.wipe();
            }
            LocalFolder folder = data.open();
            Credentials credentials = Credentials.in(folder);
            System.setProperty("ledger.supervisor.log", folder.log("supervisor").toString());
            List<List<Child>> stages =
                    LedgerChildren.of(environment, addresses, folder, credentials, services());
            Ledger ledger = new Ledger(stages, terminal);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(ledger), "stop"));
            terminal.line("Starting a ledger on " + folder.root());
            try {
                ledger.start();
                terminal.line("");
                ledger.printAddresses();
                tellWhereToSignIn(
                        LedgerChildren.consoleUrl(environment, addresses), credentials.console());
                terminal.line(
                        "Ready in "
                                + Terminal.seconds(Terminal.since(begin))
                                + ". Ctrl-C stops everything; the data stays in "
                                + folder.root()
                                + ", logs in "
                                + folder.logs());
                nextStart = NextStart.of(stages, terminal);
                new CountDownLatch(1).await();
            } catch (StartFailure e) {
                terminal.failure(e.line(), e.logTail());
            } finally {
                // Where the hook is running already, this waits for it.
                stop(ledger);
            }
        }
    }

    private void tellWhereToSignIn(String console, Credentials.OfConsole secrets)
            throws IOException {
        String who = "Sign in at " + console + " as operator, ";
        terminal.line(
                secrets.firstPasswordIsNew()
                        ? who
                                + "with the password "
                                + secrets.firstPassword()
                                + " (shown once; kept in "
                                + secrets.firstPasswordFile()
                                + ")"
                        : who
                                + "with your password (the first one is in "
                                + secrets.firstPasswordFile()
                                + ")");
    }

    private static Path services() {
        return Path.of(System.getProperty("ledger.services", "standalone/target/ledger/services"));
    }

    private void stop(Ledger ledger) {
        try {
            NextStart preparing = nextStart;
            if (preparing != null) {
                preparing.stop();
            }
            ledger.stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
