package com.tokaify.ledger.query.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.tokaify.ledger.events.Actor;
import com.tokaify.ledger.events.Position;
import com.tokaify.ledger.events.RecordedEvent;
import com.tokaify.ledger.events.TokenEvent.TokenCreated;
import com.tokaify.ledger.events.codec.EventCodec;
import com.tokaify.ledger.events.codec.EventType;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.StreamId;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.query.RandomHistory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A random history as an auditor sees it, worked out the obvious way: by looking through all
 * events. Caused by several actors, many events at the same instant, and some by requests whose ids
 * a spreadsheet would calculate.
 */
final class AuditedHistory {
    private static final List<Actor> ACTORS =
            Stream.of(
                            "operator:ops",
                            "owner:ann",
                            "gateway:edge-1",
                            "gateway:edge-2",
                            "system:test")
                    .map(Actor::parse)
                    .toList();
    private static final List<String> CLASSES = List.of("settings", "usage", "security", "balance");
    private static final int SECONDS_AT_ONE_INSTANT = 20;

    private final List<RecordedEvent> asRead;
    private final Map<StreamId, AccountId> owners = new HashMap<>();

    AuditedHistory(long seed, int partitions, int count) {
        Random random = new Random(seed);
        asRead =
                RandomHistory.of(seed, partitions, count).stream()
                        .map(event -> audited(event, random))
                        .toList();
        for (RecordedEvent event : asRead) {
            if (event.event() instanceof TokenCreated created) {
                owners.put(event.stream(), created.accountId());
            }
        }
    }

    private static RecordedEvent audited(RecordedEvent event, Random random) {
        long second = event.recordedAt().getEpochSecond();
        return new RecordedEvent(
                event.position(),
                event.stream(),
                event.sequence(),
                Instant.ofEpochSecond(second - second % SECONDS_AT_ONE_INSTANT, 123_456_000),
                ACTORS.get(random.nextInt(ACTORS.size())),
                List.of("r-1", "=1+1", "-2", "+3").get(random.nextInt(4)),
                event.event());
    }

    List<RecordedEvent> asRead() {
        return asRead;
    }

    /** The last position of each partition. */
    List<Position> ends() {
        Map<Integer, Position> ends = new HashMap<>();
        asRead.forEach(event -> ends.put(event.position().partition(), event.position()));
        return List.copyOf(ends.values());
    }

    /** In the order of the feed, the oldest first. */
    List<RecordedEvent> inOrder() {
        return asRead.stream()
                .sorted(
                        Comparator.comparing(RecordedEvent::recordedAt)
                                .thenComparingInt(event -> event.position().partition())
                                .thenComparingLong(event -> event.position().pseq()))
                .toList();
    }

    static String id(RecordedEvent event) {
        return event.stream() + ":" + event.sequence();
    }

    /** An event as JSON, put together by hand. */
    static String shown(RecordedEvent event, AuditedHistory history) {
        AccountId account = history.accountOf(event);
        return "{\"id\":\"%s\",\"recordedAt\":\"%s\",\"type\":\"%s\",\"subject\":\"%s\",\"accountId\":%s,"
                        .formatted(
                                id(event),
                                event.recordedAt(),
                                EventType.of(event.event()).ceType(),
                                event.stream(),
                                account == null ? "null" : '"' + account.toString() + '"')
                + "\"actor\":\"%s\",\"correlationId\":\"%s\",\"position\":\"%s\",\"sequence\":%d,\"data\":%s}"
                        .formatted(
                                event.actor(),
                                event.correlationId(),
                                event.position(),
                                event.sequence(),
                                new String(EventCodec.encode(event.event()), UTF_8));
    }

    private @Nullable AccountId accountOf(RecordedEvent event) {
        return event.stream() instanceof AccountId account ? account : owners.get(event.stream());
    }

    /** By the words of the type; written without looking at the product's list. */
    static String classOf(RecordedEvent event) {
        String type = EventType.of(event.event()).ceType();
        if (type.contains(".secret-")) {
            return "security";
        }
        if (type.contains(".balance-")) {
            return "balance";
        }
        return type.matches(".*(consumed|refunded|exhausted|period-started)\\.v1")
                ? "usage"
                : "settings";
    }

    /**
     * A question and what its answer must hold to.
     *
     * @param parameters as in the address, with an ampersand before each
     */
    record Question(String parameters, Predicate<RecordedEvent> asked, boolean oldestFirst) {}

    List<String> answer(Question question) {
        List<RecordedEvent> found = inOrder().stream().filter(question.asked()).toList();
        return (question.oldestFirst() ? found : found.reversed())
                .stream().map(event -> shown(event, this)).toList();
    }

    /** Some of the filters there are, with values that some events have. */
    Question question(Random random) {
        StringBuilder parameters = new StringBuilder();
        List<Predicate<RecordedEvent>> all = new ArrayList<>();
        RecordedEvent some = one(asRead, random);
        if (random.nextInt(4) == 0) {
            Actor actor = some.actor();
            boolean kindOnly = random.nextBoolean();
            parameters.append("&actor=").append(kindOnly ? actor.kind().text() : actor);
            all.add(event ->
                    kindOnly ? event.actor().kind() == actor.kind() : event.actor().equals(actor));
        }
        if (random.nextInt(4) == 0) {
            List<String> types =
                    Stream.generate(() -> EventType.of(one(asRead, random).event()).ceType())
                            .limit(1 + random.nextInt(4))
                            .distinct()
                            .toList();
            types.forEach(type -> parameters.append("&type=").append(type));
            all.add(event -> types.contains(EventType.of(event.event()).ceType()));
        }
        if (random.nextInt(3) == 0) {
            List<String> classes =
                    Stream.generate(() -> one(CLASSES, random))
                            .limit(1 + random.nextInt(2))
                            .distinct()
                            .toList();
            classes.forEach(each -> parameters.append("&class=").append(each));
            all.add(event -> classes.contains(classOf(event)));
        }
        if (random.nextInt(4) == 0 && some.stream() instanceof TokenId token) {
            parameters.append("&tokenId=").append(token);
            all.add(event -> event.stream().equals(token));
        }
        AccountId account = accountOf(some);
        if (random.nextInt(3) == 0 && account != null) {
            parameters.append("&accountId=").append(account);
            all.add(event -> account.equals(accountOf(event)));
        }
        if (random.nextInt(4) == 0) {
            Instant from = some.recordedAt();
            parameters.append("&from=").append(from);
            all.add(event -> !event.recordedAt().isBefore(from));
        } else if (random.nextInt(4) == 0) {
            Instant to = some.recordedAt();
            parameters.append("&to=").append(to);
            all.add(event -> event.recordedAt().isBefore(to));
        }
        boolean oldestFirst = random.nextBoolean();
        if (oldestFirst) {
            parameters.append("&order=oldest");
        }
        return new Question(
                parameters.toString(),
                event -> all.stream().allMatch(each -> each.test(event)),
                oldestFirst);
    }

    private static <T> T one(List<T> of, Random random) {
        return of.get(random.nextInt(of.size()));
    }
}
