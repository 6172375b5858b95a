package com.tokaify.ledger.standalone;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a reader has before them who has the repository and a ledger that runs there: {@code
 * ./ledger}, {@code data} and {@code docs}. The command is the real one but for building, which
 * this build has done already, and for starting another ledger.
 */
final class Checkout implements AutoCloseable {
    private static final List<String> SHARED = List.of("docs", "standalone");

    private static final String DATA = "data";

    private final Path folder;
    private final RunningLedger ledger;

    private Checkout(Path folder, RunningLedger ledger) {
        this.folder = folder;
        this.ledger = ledger;
    }

    /**
     * @param folder an empty one
     */
    static Checkout in(Path folder, RunningLedger ledger) throws IOException {
        for (String shared : SHARED) {
            Files.createSymbolicLink(folder.resolve(shared), Pages.HOUSE.resolve(shared));
        }
        Files.createSymbolicLink(folder.resolve(DATA), ledger.data());
        Path command = folder.resolve("ledger");
        Files.writeString(command, command());
        Files.setPosixFilePermissions(command, PosixFilePermissions.fromString("rwx------"));
        return new Checkout(folder, ledger);
    }

    private static String command() {
        return """
        #!/bin/sh
        command=$1
        run() { exec java -Dledger.data=data -cp '%s' com.tokaify.ledger.standalone."$@"; }
        case $command in
          access-token) run AccessToken "$@" ;;
          import) run ImportTokens "$@" ;;
          audit) shift; exec java --enable-native-access=ALL-UNNAMED -jar '%s' "$@" ;;
          *) echo "ledger: a page that is tested must not run '$command'" >&2; exit 2 ;;
        esac
        """
                .formatted(System.getProperty("java.class.path"), AuditorProgram.JAR);
    }

    /** A shell there, whose home is there as well. */
    Shell shell() throws IOException {
        Map<String, String> environment = new HashMap<>(AuditorProgram.environment(ledger));
        ledger.ports()
                .forEach((port, number) -> environment.put(port.variable(), number.toString()));
        environment.put("HOME", folder.toString());
        environment.put(
                "PATH",
                Path.of(System.getProperty("java.home"), "bin")
                        + File.pathSeparator
                        + System.getenv("PATH"));
        return new Shell(folder, environment);
    }

    /** A command with the ports of this ledger in place of those it usually has. */
    String here(String command) {
        String here = command;
        for (Map.Entry<LedgerPort, Integer> port : ledger.ports().entrySet()) {
            here =
                    here.replaceAll(
                            "(localhost|127\\.0\\.0\\.1):" + port.getKey().defaultNumber() + "\\b",
                            "127.0.0.1:" + port.getValue());
        }
        return here;
    }

    /** Takes the links away, which lead to what is kept. */
    @Override
    public void close() throws IOException {
        for (String shared : SHARED) {
            Files.delete(folder.resolve(shared));
        }
        Files.delete(folder.resolve(DATA));
    }
}
