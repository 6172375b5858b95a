package com.tokaify.ledger.service.web;

/**
 * An answer that has begun and cannot be ended. No advice turns it into a problem, which would
 * become part of the answer: it goes up to the server, and the connection is closed before the end
 * of the answer, which is how clients know. Taken by services that import {@link CutShortAnswers}.
 */
public final class CutShort extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * @param why as text, where the cause tells of a closed connection that is not the reader's:
     *     Spring would see a reader that has gone, and end the answer in good order
     */
    public CutShort(String why) {
        super(why);
    }

    public CutShort(Throwable cause) {
        super("an answer is cut short", cause);
    }
}
