package com.tokaify.ledger.query.projection;

import static com.tokaify.ledger.query.RunningQueryService.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.tokaify.ledger.events.Position;
import com.tokaify.ledger.events.RecordedEvent;
import com.tokaify.ledger.events.TokenEvent.QuotaConsumed;
import com.tokaify.ledger.events.TokenEvent.QuotaRefunded;
import com.tokaify.ledger.events.TokenEvent.TokenCreated;
import com.tokaify.ledger.events.TokenEvent.TokenDeleted;
import com.tokaify.ledger.events.TokenEvent.TokenGroupChanged;
import com.tokaify.ledger.events.TokenEvent.TokenRenamed;
import com.tokaify.ledger.events.id.StreamId;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.query.RunningQueryService;
import java.net.http.HttpResponse;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * Readers who ask for tokens of a history while it is being written, each sending along what was
 * written last, and hold every answer to a naive fold of the history up to where the answer stands.
 * Shares no code with the projections. Thread-safe.
 */
final class Answers {
    private final List<RecordedEvent> history;
    private final Map<StreamId, List<RecordedEvent>> tokens;
    private final AtomicInteger count = new AtomicInteger();

    Answers(List<RecordedEvent> history) {
        this.history = history;
        this.tokens =
                history.stream()
                        .filter(event -> event.stream() instanceof TokenId)
                        .sorted(Comparator.comparingLong(RecordedEvent::sequence))
                        .collect(Collectors.groupingBy(RecordedEvent::stream));
    }

    /** How many answers have been held to the history. */
    int count() {
        return count.get();
    }

    /**
     * Asks until it is over.
     *
     * @param written how much of the history has been written
     */
    void ask(RunningQueryService service, AtomicInteger written, AtomicBoolean over) {
        Random random = new Random(Thread.currentThread().threadId());
        Map<StreamId, Long> seen = new HashMap<>();
        Map<Integer, Long> positions = new HashMap<>();
        Set<StreamId> deleted = new HashSet<>();
        while (!over.get()) {
            List<RecordedEvent> sofar = history.subList(0, written.get());
            RecordedEvent event = sofar.get(random.nextInt(sofar.size()));
            if (event.stream() instanceof TokenId token) {
                HttpResponse<String> answer = service.get("/v1/tokens/" + token, event.position());
                requireLater(positions, answer);
                List<RecordedEvent> events = tokens.getOrDefault(token, List.of());
                if (answer.statusCode() == 404) {
                    requireDeleted(events, answer);
                    deleted.add(token);
                } else {
                    assertThat(deleted).doesNotContain(token);
                    long sequence = check(events, answer);
                    assertThat(sequence).isGreaterThanOrEqualTo(event.sequence());
                    assertThat(sequence).isGreaterThanOrEqualTo(seen.getOrDefault(token, 0L));
                    seen.put(token, sequence);
                }
                count.incrementAndGet();
            }
        }
    }

    private static void requireLater(Map<Integer, Long> seen, HttpResponse<String> answer) {
        Position position =
                Position.parse(answer.headers().firstValue(Position.HEADER).orElseThrow());
        assertThat(position.pseq())
                .isGreaterThanOrEqualTo(seen.getOrDefault(position.partition(), 0L));
        seen.put(position.partition(), position.pseq());
    }

    private static void requireDeleted(List<RecordedEvent> events, HttpResponse<String> answer) {
        assertThat(json(answer).required("code").asString()).isEqualTo("TOKEN_DELETED");
        assertThat(events).anyMatch(event -> event.event() instanceof TokenDeleted);
    }

    /**
     * @return up to which event of its stream the answer tells of the token
     */
    private static long check(List<RecordedEvent> events, HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        JsonNode token = json(answer);
        long sequence = token.required("sequence").asLong();
        String name = "";
        String group = "";
        long total = 0;
        for (RecordedEvent event : events.subList(0, Math.toIntExact(sequence) + 1)) {
            switch (event.event()) {
                case TokenCreated created -> {
                    name = created.name();
                    group = created.group();
                }
                case TokenRenamed(String newName) -> name = newName;
                case TokenGroupChanged(String newGroup) -> group = newGroup;
                case QuotaConsumed consumed -> total += consumed.amount();
                case QuotaRefunded refunded -> total -= refunded.amount();
                default -> {}
            }
        }
        assertThat(token.required("name").asString()).isEqualTo(name);
        assertThat(token.required("group").asString()).isEqualTo(group);
        assertThat(token.required("totalConsumed").asLong()).isEqualTo(total);
        return sequence;
    }
}
