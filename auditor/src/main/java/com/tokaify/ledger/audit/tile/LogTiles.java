package com.tokaify.ledger.audit.tile;

import com.tokaify.ledger.audit.core.Hash;
import com.tokaify.ledger.audit.seal.Cursor;
import com.tokaify.ledger.audit.seal.SealLog;
import com.tokaify.ledger.audit.seal.SealedRun;
import com.tokaify.ledger.audit.source.SourceFailed;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The tiles of a log, made in one reading of it. Of the leaves only those tiles are kept that are
 * asked for, and the last one; the levels above are an eighth of a byte for each leaf.
 */
public final class LogTiles implements Tiles {
    private final Map<Long, byte[]> leaves = new HashMap<>();
    private final Map<Integer, Map<Long, byte[]>> above = new HashMap<>();
    private final Set<Long> wanted;
    private final byte[] open = new byte[WIDTH * Hash.LENGTH];
    private long size;

    private LogTiles(Set<Long> wanted) {
        this.wanted = wanted;
    }

    /**
     * Reads the first leaves of a log.
     *
     * @param wanted the leaves that proofs will be made for
     * @throws SourceFailed where the log has fewer, or they do not follow each other
     */
    public static LogTiles read(SealLog log, long size, Set<Long> wanted) {
        Set<Long> tiles = wanted.stream().map(leaf -> leaf / WIDTH).collect(Collectors.toSet());
        LogTiles made = new LogTiles(tiles);
        try (Cursor<SealedRun> runs = log.runs()) {
            @Nullable SealedRun run = runs.next();
            while (run != null && made.size < size) {
                if (run.firstLeaf() != made.size || !run.isWhole()) {
                    throw new SourceFailed(
                            "the log is broken at leaf %d; verify tells more".formatted(made.size));
                }
                for (int i = 0; i < run.count() && made.size < size; i++) {
                    made.add(run.hash(i));
                }
                run = runs.next();
            }
        }
        if (made.size < size) {
            throw new SourceFailed("the log has %d leaves, not %d".formatted(made.size, size));
        }
        int rest = (int) (size % WIDTH);
        if (rest > 0) {
            made.leaves.put(size / WIDTH, Arrays.copyOf(made.open, rest * Hash.LENGTH));
        }
        return made;
    }

    private void add(byte[] leaf) {
        int at = (int) (size % WIDTH);
        System.arraycopy(leaf, 0, open, at * Hash.LENGTH, Hash.LENGTH);
        size++;
        if (at == WIDTH - 1) {
            long index = (size - 1) / WIDTH;
            if (wanted.contains(index)) {
                leaves.put(index, open.clone());
            }
            addAbove(1, index, TileNodes.root(open, 0, WIDTH));
        }
    }

    private void addAbove(int level, long hashIndex, byte[] hash) {
        long index = hashIndex / WIDTH;
        int at = (int) (hashIndex % WIDTH);
        byte[] tile =
                above.computeIfAbsent(level, _ -> new HashMap<>())
                        .computeIfAbsent(index, _ -> new byte[WIDTH * Hash.LENGTH]);
        System.arraycopy(hash, 0, tile, at * Hash.LENGTH, Hash.LENGTH);
        if (at == WIDTH - 1) {
            addAbove(level + 1, index, TileNodes.root(tile, 0, WIDTH));
        }
    }

    @Override
    public byte[] tile(int level, long index) {
        Map<Long, byte[]> tiles = level == 0 ? leaves : above.getOrDefault(level, Map.of());
        byte[] tile = tiles.get(index);
        if (tile == null) {
            throw new IllegalArgumentException("tile %d of level %d".formatted(index, level));
        }
        return tile;
    }
}
