package com.tokaify.ledger.query.past;

import com.tokaify.ledger.events.id.StreamId;

/**
 * Knows what streams of one kind were.
 *
 * @param <I> names one of them
 * @param <S> what it is folded into
 */
public interface PastStates<I extends StreamId, S> {
    Past<S> at(I id, AsOf asOf);
}
