package com.tokaify.ledger.audit.core;

import java.util.List;

/**
 * What a log says of itself at a moment (c2sp.org/tlog-checkpoint): so many leaves, under this
 * root. Worth as much as the signatures of the note it stands in.
 */
@SuppressWarnings("ArrayRecordComponent") // compared byte by byte
public record Checkpoint(String origin, long size, byte[] root) {

    /**
     * @param text a note's text
     * @throws Malformed where it is not a checkpoint
     */
    public static Checkpoint parse(String text) {
        List<String> lines = text.lines().toList();
        if (lines.size() < 3 || lines.getFirst().isEmpty()) {
            throw new Malformed("a checkpoint has an origin, a size and a root");
        }
        String size = lines.get(1);
        if (!size.matches("0|[1-9][0-9]{0,17}")) {
            throw new Malformed("not the size of a log: " + size);
        }
        return new Checkpoint(lines.getFirst(), Long.parseLong(size), Hash.parse(lines.get(2)));
    }

    /** As the text of a note. */
    public String text() {
        return origin + "\n" + size + "\n" + Hash.text(root) + "\n";
    }
}
