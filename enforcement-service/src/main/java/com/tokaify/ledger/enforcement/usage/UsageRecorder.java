package com.tokaify.ledger.enforcement.usage;

import com.tokaify.ledger.events.usage.UsageReport;
import java.util.List;

/** Where reports go so that no crash loses them any more. */
@FunctionalInterface
public interface UsageRecorder {

    /**
     * Returns once every report is durable.
     *
     * @throws UsageNotRecorded where not all of them are; some may be
     */
    void record(List<UsageReport> reports) throws UsageNotRecorded, InterruptedException;
}
