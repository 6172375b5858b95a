package com.tokaify.ledger.query.audit;

import com.tokaify.ledger.events.codec.StrictJson;
import java.io.IOException;
import java.io.OutputStream;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.SequenceWriter;
import tools.jackson.databind.SerializationFeature;

/**
 * Events as newline-delimited JSON, each as the feed lists it. The last line is {@code
 * {"complete":true,"events":N}}: a transfer that was cut is seen by clients that look, and by
 * everybody who has the file later.
 */
final class NdjsonLines implements ExportLines {
    private static final ObjectWriter WRITER =
            StrictJson.MAPPER
                    .writer()
                    .withRootValueSeparator("\n")
                    .without(SerializationFeature.FLUSH_AFTER_WRITE_VALUE)
                    .without(StreamWriteFeature.AUTO_CLOSE_TARGET)
                    .without(StreamWriteFeature.FLUSH_PASSED_TO_STREAM);

    private record Complete(boolean complete, long events) {}

    private final OutputStream out;
    private final SequenceWriter lines;

    NdjsonLines(OutputStream out) {
        this.out = out;
        this.lines = WRITER.writeValues(out);
    }

    @Override
    public void begin() {
        // Nothing comes before the first line.
    }

    @Override
    public void write(AuditEvent event) {
        lines.write(event);
    }

    @Override
    public void end(long events) throws IOException {
        lines.write(new Complete(true, events));
        lines.close();
        out.write('\n');
        out.flush();
    }
}
