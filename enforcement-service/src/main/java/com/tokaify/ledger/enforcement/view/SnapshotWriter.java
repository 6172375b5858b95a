package com.tokaify.ledger.enforcement.view;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Writes one snapshot, block by block. {@link SnapshotBlock} has the frame of the file. */
final class SnapshotWriter {
    private final WritableByteChannel channel;
    private final ByteBuffer content = ByteBuffer.allocate(SnapshotBlock.MAX_BYTES);
    private int blocks;

    private SnapshotWriter(WritableByteChannel channel) {
        this.channel = channel;
    }

    static void write(ViewCut cut, List<Anchor> anchors, WritableByteChannel channel)
            throws IOException {
        new SnapshotWriter(channel).write(cut, anchors);
    }

    private void write(ViewCut cut, List<Anchor> anchors) throws IOException {
        writeFully(
                ByteBuffer.allocate(SnapshotBlock.PROLOGUE_BYTES)
                        .putLong(SnapshotBlock.MAGIC)
                        .putInt(SnapshotBlock.VERSION)
                        .flip());
        IdentityHashMap<Scope, Integer> scopes = new IdentityHashMap<>();
        List<Scope> inOrder = new ArrayList<>();
        for (TokenEntry token : cut.tokens()) {
            Scope scope = token.scope();
            if (scopes.putIfAbsent(scope, inOrder.size()) == null) {
                inOrder.add(scope);
            }
        }
        head(cut, anchors, inOrder.size());
        for (Scope scope : inOrder) {
            makeRoom(SnapshotBlock.SCOPES);
            SnapshotItems.write(content, scope);
        }
        end(SnapshotBlock.SCOPES);
        Map<AccountEntry, Integer> accounts = new HashMap<>();
        for (ViewCut.AccountCut account : cut.accounts()) {
            makeRoom(SnapshotBlock.ACCOUNTS);
            accounts.put(account.account(), accounts.size());
            SnapshotItems.write(content, account);
        }
        end(SnapshotBlock.ACCOUNTS);
        for (TokenEntry token : cut.tokens()) {
            makeRoom(SnapshotBlock.TOKENS);
            SnapshotItems.write(
                    content,
                    token,
                    accounts.getOrDefault(token.account(), -1),
                    scopes.getOrDefault(token.scope(), -1));
        }
        end(SnapshotBlock.TOKENS);
        end(SnapshotBlock.END);
    }

    private void head(ViewCut cut, List<Anchor> anchors, int scopes) throws IOException {
        content.putInt(cut.positions().size());
        content.putInt(scopes);
        content.putInt(cut.accounts().size());
        content.putInt(cut.tokens().size());
        for (int partition = 0; partition < anchors.size(); partition++) {
            makeRoom(SnapshotBlock.HEAD);
            content.putLong(cut.positions().get(partition));
            SnapshotItems.write(content, anchors.get(partition));
        }
        end(SnapshotBlock.HEAD);
    }

    private void makeRoom(SnapshotBlock kind) throws IOException {
        if (content.remaining() < SnapshotBlock.MAX_ITEM_BYTES) {
            end(kind);
        }
    }

    private void end(SnapshotBlock kind) throws IOException {
        content.flip();
        writeFully(
                ByteBuffer.allocate(SnapshotBlock.FRAME_BYTES)
                        .putInt(content.limit())
                        .putInt(SnapshotBlock.checksum(blocks, kind.kind(), content))
                        .put(kind.kind())
                        .flip());
        writeFully(content);
        content.clear();
        blocks++;
    }

    private void writeFully(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
