package com.tokaify.ledger.local;

import java.io.IOException;

/** How a program is asked to stop in good order. */
public enum StopSignal {
    /** SIGTERM: what a JVM runs its shutdown hooks on. */
    TERMINATE {
        @Override
        void send(ProcessHandle process) {
            process.destroy();
        }
    },

    /** SIGINT: PostgreSQL's fast shutdown. At SIGTERM it would wait for its clients to leave. */
    INTERRUPT {
        @Override
        void send(ProcessHandle process) throws IOException {
            // The shell's own kill: slim systems have no program of that name.
            new ProcessBuilder("sh", "-c", "kill -INT " + process.pid())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        }
    };

    abstract void send(ProcessHandle process) throws IOException;
}
