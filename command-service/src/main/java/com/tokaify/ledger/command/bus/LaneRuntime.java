package com.tokaify.ledger.command.bus;

import com.github.benmanes.caffeine.cache.Cache;
import com.tokaify.ledger.command.store.Committer;
import com.tokaify.ledger.command.store.EventCompanion;
import com.tokaify.ledger.command.store.EventTable;
import com.tokaify.ledger.events.kafka.Partitioning;
import java.util.List;
import java.util.Map;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.messaging.MessageHandler;
import org.axonframework.modelling.command.Aggregate;

/**
 * What all lanes work with.
 *
 * @param handlers Axon's command handlers by command name
 * @param companions what is written beside events
 * @param snapshotEvery events of a stream after which a snapshot is taken
 * @param living aggregates in memory by stream; each is touched by one lane only
 * @param counts told how commands end
 */
record LaneRuntime(
        Partitioning partitioning,
        EventTable table,
        TokenHistories tokenHistories,
        Committer committer,
        List<EventCompanion> companions,
        long snapshotEvery,
        Map<String, MessageHandler<? super CommandMessage<?>>> handlers,
        Cache<String, Aggregate<?>> living,
        CommandCounts counts) {}
