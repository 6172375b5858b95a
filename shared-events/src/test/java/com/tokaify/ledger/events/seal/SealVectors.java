package com.tokaify.ledger.events.seal;

import com.tokaify.ledger.events.codec.StrictJson;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;

/** The test vectors of the log of seals. */
public final class SealVectors {
    public static final JsonNode JSON =
            StrictJson.MAPPER.readTree(Path.of("src/main/resources/seals/vectors.json"));

    private SealVectors() {}
}
