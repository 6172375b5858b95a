package com.tokaify.ledger.enforcement.view;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads one snapshot. Nothing in it is believed before its block's checksum was right, and nothing
 * is given out before the last block was there.
 */
final class SnapshotReader {
    private final DataInputStream in;
    private final Contents contents;
    private final List<Anchor> anchors = new ArrayList<>();
    private final List<Scope> scopes = new ArrayList<>();
    private final List<AccountEntry> accounts = new ArrayList<>();
    private int expectedScopes;
    private int expectedAccounts;
    private int expectedTokens;

    private SnapshotReader(InputStream in, int partitions) {
        this.in = new DataInputStream(in);
        this.contents = new Contents(partitions);
    }

    /**
     * @throws SnapshotRefused where it is not whole, not of this version, or of a ledger with
     *     another number of partitions
     */
    static ViewSnapshot read(InputStream in, int partitions) throws IOException, SnapshotRefused {
        try {
            return new SnapshotReader(in, partitions).read();
        } catch (EOFException e) {
            throw new SnapshotRefused("it ends before its end", e);
        } catch (BufferUnderflowException
                | IndexOutOfBoundsException
                | IllegalArgumentException
                | Contradiction e) {
            throw new SnapshotRefused("what it says cannot be: " + e, e);
        }
    }

    private ViewSnapshot read() throws IOException, SnapshotRefused {
        if (in.readLong() != SnapshotBlock.MAGIC) {
            throw new SnapshotRefused("it is no snapshot of a view");
        }
        int version = in.readInt();
        if (version != SnapshotBlock.VERSION) {
            throw new SnapshotRefused(
                    "it is of version " + version + ", not " + SnapshotBlock.VERSION);
        }
        for (int block = 0; !readBlock(block); block++) {
            // until the last
        }
        if (in.read() >= 0) {
            throw new SnapshotRefused("something stands behind its end");
        }
        if (scopes.size() != expectedScopes
                || accounts.size() != expectedAccounts
                || contents.tokens() != expectedTokens
                || anchors.size() != contents.partitions()) {
            throw new SnapshotRefused("it has not as much as it says");
        }
        return new ViewSnapshot(contents, anchors);
    }

    private boolean readBlock(int number) throws IOException, SnapshotRefused {
        int length = in.readInt();
        int checksum = in.readInt();
        byte kind = in.readByte();
        if (length < 0 || length > SnapshotBlock.MAX_BYTES) {
            throw new SnapshotRefused("block " + number + " cannot have " + length + " bytes");
        }
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        ByteBuffer content = ByteBuffer.wrap(bytes);
        if (SnapshotBlock.checksum(number, kind, content) != checksum) {
            throw new SnapshotRefused("block " + number + " has been damaged");
        }
        switch (SnapshotBlock.of(kind)) {
            case HEAD -> head(content);
            case SCOPES -> {
                while (content.hasRemaining()) {
                    scopes.add(contents.restore(SnapshotItems.scope(content)));
                }
            }
            case ACCOUNTS -> {
                while (content.hasRemaining()) {
                    accounts.add(SnapshotItems.account(content, contents));
                }
            }
            case TOKENS -> {
                while (content.hasRemaining()) {
                    contents.restore(SnapshotItems.token(content, accounts, scopes));
                }
            }
            case END -> {
                return true;
            }
        }
        return false;
    }

    private void head(ByteBuffer content) throws SnapshotRefused {
        if (anchors.isEmpty()) {
            int partitions = content.getInt();
            if (partitions != contents.partitions()) {
                throw new SnapshotRefused("it is of a ledger with " + partitions + " partitions");
            }
            expectedScopes = content.getInt();
            expectedAccounts = content.getInt();
            expectedTokens = content.getInt();
            contents.expect(expectedTokens);
        }
        while (content.hasRemaining()) {
            contents.restore(anchors.size(), content.getLong());
            anchors.add(SnapshotItems.anchor(content));
        }
    }
}
