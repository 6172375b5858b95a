package com.tokaify.ledger.enforcement.metrics;

import com.tokaify.ledger.events.rules.Code;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * How often each code was given through each face. A decision pays one increment that threads do
 * not contend for; sums are made when somebody asks. Any number of threads.
 */
public final class DecisionCounts {
    private static final String UNREADABLE = "INVALID_REQUEST";
    private static final String UNKNOWN_GATEWAY = "UNKNOWN_GATEWAY";

    private final Map<Face, OfFace> faces = new EnumMap<>(Face.class);

    /** The ways to ask for a decision. */
    public enum Face {
        VERIFY,
        AUTHZ,
        GRPC,
        RESERVATION
    }

    public DecisionCounts() {
        for (Face face : Face.values()) {
            faces.put(face, new OfFace());
        }
    }

    /** The counts of one face. */
    public static final class OfFace {
        private final Map<Code, LongAdder> decided = new EnumMap<>(Code.class);
        private final LongAdder unreadable = new LongAdder();
        private final LongAdder unknownGateways = new LongAdder();

        private OfFace() {
            for (Code code : Code.values()) {
                decided.put(code, new LongAdder());
            }
        }

        /**
         * @param code null where the call could not be read
         */
        public void add(@Nullable Code code) {
            adder(code).increment();
        }

        /**
         * @param gatewayKnown false where nothing was decided, since the gateway was not let in
         * @param code null where the call could not be read
         */
        public void add(boolean gatewayKnown, @Nullable Code code) {
            if (gatewayKnown) {
                add(code);
            } else {
                unknownGateways.increment();
            }
        }

        public long unknownGateways() {
            return unknownGateways.sum();
        }

        public long count(@Nullable Code code) {
            return adder(code).sum();
        }

        private LongAdder adder(@Nullable Code code) {
            LongAdder adder = code == null ? unreadable : decided.get(code);
            return Objects.requireNonNull(adder);
        }
    }

    public OfFace of(Face face) {
        return Objects.requireNonNull(faces.get(face));
    }

    /** {@code ledger.decisions} with the tags {@code face} and {@code code}. */
    void export(MeterRegistry registry) {
        faces.forEach((face, counts) -> {
            for (Code code : Code.values()) {
                export(registry, face, code.name(), counts.adder(code));
            }
            export(registry, face, UNREADABLE, counts.adder(null));
            export(registry, face, UNKNOWN_GATEWAY, counts.unknownGateways);
        });
    }

    private static void export(MeterRegistry registry, Face face, String code, LongAdder count) {
        FunctionCounter.builder("ledger.decisions", count, LongAdder::sum)
                .description("Decisions given, by the face they were asked through and their code")
                .tag("face", face.name().toLowerCase(Locale.ROOT))
                .tag("code", code)
                .register(registry);
    }
}
