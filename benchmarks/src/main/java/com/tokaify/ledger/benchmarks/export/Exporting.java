package com.tokaify.ledger.benchmarks.export;

import com.tokaify.ledger.benchmarks.CpuClock;
import com.tokaify.ledger.benchmarks.Load;
import com.tokaify.ledger.benchmarks.Measurement;
import com.tokaify.ledger.benchmarks.Service;
import com.tokaify.ledger.benchmarks.ViewStore;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/** Exports of all events, from the first byte asked for to the last one received. */
final class Exporting {
    /** All rows, in whatever order they lie: COPY itself takes no partitioned table. */
    private static final String COPY = "copy (select * from event) to stdout";

    private static final int BUFFER_BYTES = 1 << 16;

    private Exporting() {}

    /**
     * The product: over HTTP.
     *
     * @param format as the endpoint knows it
     * @param linesBeside what stands beside the events in such a file
     * @throws IllegalStateException where not all events came
     */
    static Measurement overHttp(Service service, String format, int events, int linesBeside)
            throws IOException {
        Stopwatch stopwatch = new Stopwatch();
        HttpURLConnection connection =
                (HttpURLConnection)
                        URI.create(
                                        "http://127.0.0.1:"
                                                + service.port()
                                                + "/v1/audit/export?format="
                                                + format)
                                .toURL()
                                .openConnection();
        try (InputStream in = connection.getInputStream()) {
            return stopwatch.stop(lines(in) - linesBeside, events);
        }
    }

    private static long lines(InputStream in) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        long lines = 0;
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            for (int i = 0; i < read; i++) {
                lines += buffer[i] == '\n' ? 1 : 0;
            }
        }
        return lines;
    }

    /**
     * The floor: PostgreSQL's own export, to its own protocol.
     *
     * @throws IllegalStateException where not all events came
     */
    static Measurement byCopy(ViewStore store, int events) throws SQLException {
        try (Connection connection = store.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("set search_path = read");
            Stopwatch stopwatch = new Stopwatch();
            CopyOut copy = connection.unwrap(PGConnection.class).getCopyAPI().copyOut(COPY);
            long rows = 0;
            while (copy.readFromCopy() != null) {
                rows++;
            }
            return stopwatch.stop(rows, events);
        }
    }

    private static final class Stopwatch {
        private final Duration cpu = CpuClock.used();
        private final long start = System.nanoTime();

        private Measurement stop(long rows, int expected) {
            double seconds = (System.nanoTime() - start) / (double) TimeUnit.SECONDS.toNanos(1);
            if (rows != expected) {
                throw new IllegalStateException(
                        "%d of %d events were exported".formatted(rows, expected));
            }
            return new Measurement(
                    rows,
                    rows,
                    seconds,
                    Load.seconds(CpuClock.used().minus(cpu)),
                    Load.histogram());
        }
    }
}
