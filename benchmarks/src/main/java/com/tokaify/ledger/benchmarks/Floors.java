package com.tokaify.ledger.benchmarks;

import com.tokaify.ledger.benchmarks.Contestant.Kind;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * What PostgreSQL alone reaches with the same rows, in the same table, beside the product's own, by
 * the same role. Connections are open all the time, as a product's would be.
 */
final class Floors implements AutoCloseable {
    private static final int COPY_ROWS = 1_000;

    private final List<InsertClient> clients = new ArrayList<>();
    private final CopyClient copyClient;

    Floors(DataSource writer, int tokens) throws SQLException {
        FloorRows rows = new FloorRows(tokens);
        int most = Shape.mostCallers();
        for (int client = 0; client < most; client++) {
            clients.add(new InsertClient(writer, rows.writer(client)));
        }
        this.copyClient = new CopyClient(writer, rows.writer(most), COPY_ROWS);
    }

    List<Contestant> contestants() {
        List<Contestant> contestants = new ArrayList<>();
        for (int count : Shape.singleCallers()) {
            contestants.add(
                    new Contestant(
                            "floor: INSERT, one row a transaction",
                            Kind.INSERT_FLOOR,
                            List.copyOf(clients.subList(0, count))));
        }
        contestants.add(
                new Contestant(
                        "floor: COPY, " + COPY_ROWS + " rows a transaction",
                        Kind.COPY_FLOOR,
                        List.of(copyClient)));
        return contestants;
    }

    @Override
    public void close() throws SQLException {
        for (InsertClient client : clients) {
            client.close();
        }
        copyClient.close();
    }
}
