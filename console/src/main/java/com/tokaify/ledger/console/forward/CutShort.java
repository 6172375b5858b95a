package com.tokaify.ledger.console.forward;

/**
 * An answer ends early after it has begun. Only breaking the connection tells that to the one who
 * reads it: a file of exported events must not look whole when it is not.
 */
final class CutShort extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * @param why as text: in a cause that tells of a closed connection Spring would see a browser
     *     that has gone, and end the answer in good order
     */
    CutShort(String why) {
        super(why);
    }
}
