package com.tokaify.ledger.enforcement.stream;

/**
 * The topic is not the one the view has come from: records the view has read are not in it, as
 * where a broker was restored from an old copy.
 */
final class ForeignTopic extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ForeignTopic(String message) {
        super(message);
    }
}
