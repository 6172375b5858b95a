package com.tokaify.ledger.enforcement.view;

import java.util.List;

/** A view as it was read from a file, to be gone on with. It is whole, or there is none. */
public final class ViewSnapshot {
    private final Contents contents;
    private final List<Anchor> anchors;

    ViewSnapshot(Contents contents, List<Anchor> anchors) {
        this.contents = contents;
        this.anchors = List.copyOf(anchors);
    }

    Contents contents() {
        return contents;
    }

    /** Where each partition was read up to. */
    public List<Anchor> anchors() {
        return anchors;
    }

    public int tokens() {
        return contents.tokens();
    }
}
