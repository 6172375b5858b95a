package com.tokaify.ledger.enforcement.reservation;

import com.tokaify.ledger.enforcement.access.AdmittedEndpoint;
import com.tokaify.ledger.enforcement.http.Answers;
import com.tokaify.ledger.enforcement.http.JsonBody;
import com.tokaify.ledger.enforcement.http.JsonText;
import com.tokaify.ledger.enforcement.http.RequestBody;
import com.tokaify.ledger.enforcement.metrics.DecisionCounts.OfFace;
import com.tokaify.ledger.enforcement.usage.RecordingRequests;
import com.tokaify.ledger.enforcement.verify.VerifyAnswer;
import com.tokaify.ledger.events.FieldRules;
import com.tokaify.ledger.events.codec.StrictJson;
import com.tokaify.ledger.events.rules.Code;
import com.tokaify.ledger.events.usage.UsageReport;
import com.tokaify.ledger.service.access.Access;
import com.tokaify.ledger.service.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * {@code POST /v1/reservations} and, below it, {@code /{id}/settle} and {@code /{id}/release}.
 * Reserving and releasing wait for nothing and are done on the request's platform thread; a
 * settlement waits until its usage is durable, elsewhere.
 */
public final class ReservationEndpoint implements AdmittedEndpoint {
    public static final String PATH = "/v1/reservations";
    public static final String PATHS_BELOW = PATH + "/*";
    private static final String SETTLE = "/settle";
    private static final String RELEASE = "/release";
    private static final int MAX_BODY_BYTES = 1024;
    private static final JsonText.Name RESERVATION = JsonText.Name.of("reservation");

    private final Reservations reservations;
    private final RecordingRequests requests;
    private final OfFace counts;

    public ReservationEndpoint(
            Reservations reservations, RecordingRequests requests, OfFace counts) {
        this.reservations = reservations;
        this.requests = requests;
        this.counts = counts;
    }

    private record Settlement(
            String reservationId, String state, Stage.Was was, long amount, String usageId) {}

    private record Release(String reservationId, String state) {}

    /** What a reserving answer has beside the decision. */
    private record Held(String reservationId, long amount, Instant expiresAt) {}

    @Override
    public void answer(Access access, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        String path = request.getRequestURI();
        if (path.equals(PATH)) {
            reserve(access, request, response);
        } else if (path.endsWith(SETTLE)) {
            settle(access, request, response, idIn(path, SETTLE));
        } else if (path.endsWith(RELEASE)) {
            release(access, request, response, idIn(path, RELEASE));
        } else {
            throw new ProblemException(
                    HttpStatus.NOT_FOUND, HttpStatus.NOT_FOUND.name(), "There is nothing here.");
        }
    }

    private static String idIn(String path, String action) {
        int begin = PATH.length() + 1;
        int end = path.length() - action.length();
        return begin < end ? path.substring(begin, end) : "";
    }

    private void reserve(Access access, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        ReserveRequest asked =
                ReserveRequest.read(RequestBody.read(request, ReserveRequest.MAX_BODY_BYTES));
        Reservations.Answer answer = reservations.reserve(access, asked);
        counts.add(answer.decision().code());
        boolean decided = answer.decision().code() != Code.VIEW_NOT_READY;
        if (!decided) {
            Answers.comeBack(response);
        }
        Answers.json(
                response,
                decided ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE,
                VerifyAnswer.of(
                        answer.decision(),
                        json -> {
                            Reservation made = answer.reservation();
                            if (made != null) {
                                json.json(
                                        RESERVATION,
                                        StrictJson.MAPPER.writeValueAsBytes(told(made)));
                            }
                        }));
    }

    private static Held told(Reservation made) {
        return new Held(made.id(), made.handle().amount(), made.handle().expiresAt());
    }

    private void settle(
            Access access, HttpServletRequest request, HttpServletResponse response, String id)
            throws IOException {
        long amount = amount(RequestBody.read(request, MAX_BODY_BYTES));
        Reservation settled = reservations.settle(access, id, amount);
        UsageReport report = Objects.requireNonNull(settled.report());
        byte[] answer = StrictJson.MAPPER.writeValueAsBytes(settlement(settled, report));
        if (settled.recorded()) {
            Answers.json(response, HttpStatus.OK, answer);
            return;
        }
        requests.record(
                request,
                response,
                List.of(report),
                later -> {
                    reservations.recorded(id);
                    Answers.json(later, HttpStatus.OK, answer);
                });
    }

    private static Settlement settlement(Reservation settled, UsageReport report) {
        Stage stage = settled.stage();
        Stage.Was was =
                switch (stage) {
                    case Stage.Settled it -> it.was();
                    case Stage.Held _, Stage.Released _, Stage.Expired _, Stage.Elsewhere _ ->
                            throw new IllegalStateException("it was settled");
                };
        return new Settlement(settled.id(), stage.code(), was, report.amount(), report.usageId());
    }

    private void release(
            Access access, HttpServletRequest request, HttpServletResponse response, String id)
            throws IOException {
        byte[] body = RequestBody.read(request, MAX_BODY_BYTES);
        if (body.length > 0) {
            JsonBody.object(body, ReservationEndpoint::nothing);
        }
        Stage stage = reservations.release(access, id);
        Answers.json(
                response,
                HttpStatus.OK,
                StrictJson.MAPPER.writeValueAsBytes(new Release(id, stage.code())));
    }

    private static boolean nothing(JsonBody json) {
        String field = json.nextField();
        if (field != null) {
            throw json.unknown(field);
        }
        return true;
    }

    private static long amount(byte[] body) {
        return JsonBody.object(body, ReservationEndpoint::amount);
    }

    private static Long amount(JsonBody json) {
        @Nullable Long amount = null;
        for (String field = json.nextField(); field != null; field = json.nextField()) {
            if (!field.equals("amount")) {
                throw json.unknown(field);
            }
            amount = json.wholeNumber();
        }
        return FieldRules.amount("amount", FieldRules.required("amount", amount));
    }
}
