package com.tokaify.ledger.command;

import com.tokaify.ledger.command.decision.CommandContext;
import com.tokaify.ledger.command.decision.Decision;
import com.tokaify.ledger.command.decision.LedgerCommand;
import com.tokaify.ledger.command.decision.StreamAggregate;
import com.tokaify.ledger.events.LedgerEvent;
import java.util.List;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.modelling.command.VersionedAggregateIdentifier;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.ResultValidator;
import org.axonframework.test.aggregate.TestExecutor;
import org.hamcrest.CustomTypeSafeMatcher;
import org.hamcrest.Matcher;
import org.hamcrest.Matchers;

/**
 * Axon's own given-when-then, as the ledger's aggregates are used: the stream is the target, the
 * decision is the result, its events are applied, and each carries the command's context.
 */
public record AggregateFixture<T extends StreamAggregate>(Class<T> type) {
    /** What the stream held before. */
    public When given(LedgerEvent... events) {
        return new When(fixture().given(List.of(events)));
    }

    public When givenNothing() {
        return new When(fixture().givenNoPriorActivity());
    }

    private AggregateTestFixture<T> fixture() {
        AggregateTestFixture<T> fixture = new AggregateTestFixture<>(type);
        fixture.registerCommandTargetResolver(message -> {
            LedgerCommand<?> command = (LedgerCommand<?>) message.getPayload();
            Object target = command.stream().toString();
            return new VersionedAggregateIdentifier(target, null);
        });
        return fixture;
    }

    /** The command to come. */
    public record When(TestExecutor<?> given) {
        public Then when(LedgerCommand<?> command) {
            return new Then(given.when(command), command.context());
        }
    }

    /** What became of it. */
    public record Then(ResultValidator<?> result, CommandContext context) {
        /** The decision is the command's result, and exactly its events were applied. */
        public void decides(Decision<?> decision) {
            List<? extends LedgerEvent> events =
                    switch (decision) {
                        case Decision.Accepted<?> accepted -> accepted.events();
                        case Decision.Refused<?> _ -> List.of();
                    };
            result.expectSuccessfulHandlerExecution()
                    .expectResultMessagePayloadMatching(Matchers.equalTo(decision))
                    .expectEvents(events.toArray())
                    .expectEventsMatching(inContext());
        }

        public void fails(Class<? extends Throwable> exception) {
            result.expectException(exception).expectNoEvents();
        }

        private Matcher<List<EventMessage<?>>> inContext() {
            return new CustomTypeSafeMatcher<>("events that carry " + context) {
                @Override
                protected boolean matchesSafely(List<EventMessage<?>> events) {
                    return events.stream()
                            .map(event -> event.getMetaData().get(StreamAggregate.CONTEXT))
                            .allMatch(context::equals);
                }
            };
        }
    }
}
