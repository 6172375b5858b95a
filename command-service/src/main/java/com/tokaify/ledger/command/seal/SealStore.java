package com.tokaify.ledger.command.seal;

import com.tokaify.ledger.events.seal.Seal;
import com.tokaify.ledger.seals.Hash;
import com.tokaify.ledger.seals.RightEdge;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What sealing asks of the database, over one connection on which nobody else seals. */
interface SealStore {

    /** The last checkpoint's signed note; empty where nothing is sealed. */
    Optional<String> lastCheckpoint();

    /** The tree of all that is sealed. */
    RightEdge edge();

    /** The last position of each partition that is sealed. */
    long[] sealed(int partitions);

    /** The last position of each partition that is committed. */
    long[] ends(int partitions);

    /** The events of all slices, in the order of the slices. */
    List<EventRows.Row> read(List<Slice> slices);

    /** The leaves of sealed events; one that is not sealed is absent. */
    Map<EventKey, Hash> leaves(Collection<EventKey> events);

    /**
     * Commits a seal: from now on it may be told.
     *
     * @param edge of the tree with it, where it is to be kept for a start that reads fewer leaves
     */
    void append(Seal seal, Hash root, Instant signedAt, @Nullable RightEdge edge);
}
