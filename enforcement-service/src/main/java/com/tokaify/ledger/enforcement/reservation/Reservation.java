package com.tokaify.ledger.enforcement.reservation;

import com.tokaify.ledger.enforcement.decision.Decision;
import com.tokaify.ledger.enforcement.usage.UnitsInFlight;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.events.usage.UsageReport;
import org.jspecify.annotations.Nullable;

/**
 * What this instance remembers of a reservation.
 *
 * @param origin how it was made; null where it was made elsewhere
 * @param report what it was settled with; null before
 * @param recorded whether the report is durable
 */
record Reservation(
        String id,
        Handle handle,
        Stage stage,
        @Nullable Origin origin,
        @Nullable UsageReport report,
        boolean recorded) {

    /** A request that may be sent again. */
    record RequestKey(TokenId tokenId, String requestId) {}

    /**
     * @param decision as it was told
     * @param hold what it keeps of the account's and the token's units while it is held
     * @param key null where the request gave no id
     */
    record Origin(
            Decision decision,
            UnitsInFlight.Hold hold,
            ReserveRequest.Reserve asked,
            @Nullable RequestKey key) {}

    static Reservation held(String id, Handle handle, Origin origin) {
        return new Reservation(id, handle, new Stage.Held(), origin, null, false);
    }

    /** One this instance knows only by its id. */
    static Reservation known(String id, Handle handle, Stage stage) {
        return new Reservation(id, handle, stage, null, null, false);
    }

    Reservation with(Stage next) {
        return new Reservation(id, handle, next, origin, report, recorded);
    }

    Reservation settled(Stage.Settled next, UsageReport with) {
        return new Reservation(id, handle, next, origin, with, false);
    }

    Reservation asRecorded() {
        return new Reservation(id, handle, stage, origin, report, true);
    }
}
