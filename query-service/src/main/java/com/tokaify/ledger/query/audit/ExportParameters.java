package com.tokaify.ledger.query.audit;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.TokenId;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of an export. Those given must all hold; of a repeated one any value.
 *
 * @param format of the file
 * @param actor who caused it: a kind and an id, or a kind alone
 * @param type a type of event as {@code type} tells it; may be repeated
 * @param eventClass what it is about; may be repeated
 * @param tokenId events of this token
 * @param accountId events of this account and its tokens
 * @param from recorded at this instant or later
 * @param to recorded before this instant
 * @param order which come first
 */
record ExportParameters(
        ExportFormat format,
        @Nullable ActorFilter actor,
        @Nullable List<String> type,
        @JsonProperty("class") @Nullable List<EventClass> eventClass,
        @Nullable TokenId tokenId,
        @Nullable AccountId accountId,
        @Nullable Instant from,
        @Nullable Instant to,
        @Schema(defaultValue = "oldest") AuditOrder order) {}
