package com.tokaify.ledger.enforcement.usage;

import com.tokaify.ledger.enforcement.access.AdmittedEndpoint;
import com.tokaify.ledger.enforcement.http.Answers;
import com.tokaify.ledger.enforcement.http.RequestBody;
import com.tokaify.ledger.enforcement.view.LocalView;
import com.tokaify.ledger.events.codec.StrictJson;
import com.tokaify.ledger.events.rules.Code;
import com.tokaify.ledger.events.usage.UsageReport;
import com.tokaify.ledger.service.access.Access;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.springframework.http.HttpStatus;

/**
 * {@code POST /v1/usage}: takes one usage or a list, and answers 202 once all of it is durable, 503
 * where it is not; then the gateway sends the same usage ids again. Reading and resolving are quick
 * and done on the request's platform thread; the waiting is not, see {@link RecordingRequests}.
 */
public final class UsageEndpoint implements AdmittedEndpoint {
    public static final String PATH = "/v1/usage";

    private final LocalView view;
    private final UsageResolver resolver;
    private final RecordingRequests requests;
    private final InstantSource clock;

    public UsageEndpoint(
            LocalView view,
            UsageResolver resolver,
            RecordingRequests requests,
            InstantSource clock) {
        this.view = view;
        this.resolver = resolver;
        this.requests = requests;
        this.clock = clock;
    }

    private record Accepted(int accepted) {}

    @Override
    public void answer(Access access, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        List<UsageItem> items =
                UsageItem.readAll(RequestBody.read(request, UsageItem.MAX_BODY_BYTES));
        if (!view.ready()) {
            Code code = Code.VIEW_NOT_READY;
            Answers.passingProblem(response, code.name(), code.message());
            return;
        }
        List<UsageReport> reports =
                resolver.resolve(access, items, clock.instant().truncatedTo(ChronoUnit.MICROS));
        requests.record(
                request,
                response,
                reports,
                later ->
                        Answers.json(
                                later,
                                HttpStatus.ACCEPTED,
                                StrictJson.MAPPER.writeValueAsBytes(new Accepted(reports.size()))));
    }
}
