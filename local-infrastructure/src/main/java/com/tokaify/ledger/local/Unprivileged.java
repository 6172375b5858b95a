package com.tokaify.ledger.local;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * How PostgreSQL, which refuses to run as root, is run by root all the same: in containers root is
 * often the only user there is. Elsewhere nothing is put before its command.
 */
record Unprivileged(List<String> prefix) {
    private static final String NOBODY = "65534";
    private static final long PROBE_SECONDS = 10;

    Unprivileged {
        prefix = List.copyOf(prefix);
    }

    static boolean isRoot() {
        return new UnixSystem().getUid() == 0;
    }

    static Unprivileged forThisUser() throws IOException, InterruptedException {
        if (!isRoot()) {
            return new Unprivileged(List.of());
        }
        Optional<Unprivileged> byNamespace = byNamespace();
        if (byNamespace.isPresent()) {
            return byNamespace.get();
        }
        return bySetpriv()
                .orElseThrow(() ->
                        new StartFailure(
                                "PostgreSQL refuses to run as root, and neither 'unshare"
                                        + " -U' nor 'setpriv' works here: start as"
                                        + " another user"));
    }

    /**
     * A user namespace without a map: inside, root has no name and no rights of root; outside, the
     * files stay root's.
     */
    static Optional<Unprivileged> byNamespace() throws IOException, InterruptedException {
        return working("unshare", "--user");
    }

    /**
     * Runs as nobody, who then owns the data. Of root's rights only the one to pass through folders
     * closed to others is kept, since data and programs lie in root's.
     */
    static Optional<Unprivileged> bySetpriv() throws IOException, InterruptedException {
        return working(
                "setpriv",
                "--reuid=" + NOBODY,
                "--regid=" + NOBODY,
                "--clear-groups",
                "--inh-caps=-all,+dac_override",
                "--ambient-caps=-all,+dac_override",
                "--bounding-set=-all,+dac_override");
    }

    private static Optional<Unprivileged> working(String program, String... arguments)
            throws IOException, InterruptedException {
        Optional<String> found = Programs.onPath(program);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        List<String> prefix = new ArrayList<>(List.of(found.get()));
        prefix.addAll(List.of(arguments));
        List<String> probe = new ArrayList<>(prefix);
        probe.add("true");
        Process process =
                new ProcessBuilder(probe)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        boolean works =
                process.waitFor(PROBE_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
        return works ? Optional.of(new Unprivileged(prefix)) : Optional.empty();
    }

    List<String> command(List<String> command) {
        List<String> whole = new ArrayList<>(prefix);
        whole.addAll(command);
        return whole;
    }
}
