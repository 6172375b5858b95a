package com.tokaify.ledger.query.audit;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.tokaify.ledger.events.id.AccountId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One event of the ledger as auditors and live listeners see it.
 *
 * @param id unique in the ledger and the same wherever the event is read: {@code
 *     <subject>:<sequence>}
 * @param recordedAt when it was decided, to the microsecond
 * @param type as on Kafka, e.g. {@code com.tokaify.ledger.token-renamed.v1}
 * @param subject whom it is about: the id of a token or an account, or {@code catalog}
 * @param accountId whose token or account; null of the catalog
 * @param actor who caused it: a kind and an opaque id
 * @param correlationId the request it came from
 * @param position where it stands in the ledger: its partition and its dense place there
 * @param sequence its place among the events of its subject, from 0 without gaps
 * @param data the event itself as it was written, for owners without {@code lookupHash}; its schema
 *     is that of the type
 */
public record AuditEvent(
        String id,
        Instant recordedAt,
        String type,
        String subject,
        @Nullable AccountId accountId,
        String actor,
        String correlationId,
        String position,
        long sequence,
        @JsonRawValue String data) {}
