package com.tokaify.ledger.enforcement.view;

/** Whether the view may be asked. Only {@link Ready} answers checks. */
public sealed interface ViewStatus {

    /** In plain words, for operators. */
    String reason();

    /** The events' topic has not been seen yet. */
    record WaitingForStream() implements ViewStatus {
        @Override
        public String reason() {
            return "waiting for Kafka and the topic of events";
        }
    }

    /** Events that were there at the start are still being read. */
    record CatchingUp() implements ViewStatus {
        @Override
        public String reason() {
            return "reading the events that were there at the start";
        }
    }

    record Ready() implements ViewStatus {
        @Override
        public String reason() {
            return "caught up";
        }
    }

    /** Something went wrong, and everything is read from the beginning again. */
    record Rebuilding(String why) implements ViewStatus {
        @Override
        public String reason() {
            return "reading everything from the beginning again: " + why;
        }
    }

    /** Reading ended at an event it cannot go beyond. Only an operator helps. */
    record Stopped(String reason) implements ViewStatus {}
}
