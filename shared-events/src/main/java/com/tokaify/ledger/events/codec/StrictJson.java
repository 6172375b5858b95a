package com.tokaify.ledger.events.codec;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.type.LogicalType;

/**
 * The one JSON dialect of the contract. Written: fields in the order of the record, null as null,
 * no white space. Read: a missing field, a null for a number, a text for a number, a number for a
 * time, a repeated key or trailing bytes are errors; a field nobody knows is ignored, since that is
 * how a newer writer adds one.
 */
public final class StrictJson {
    private static final SimpleModule TIMES =
            new SimpleModule("ledger times").addDeserializer(Instant.class, new InstantAsText());

    public static final JsonMapper MAPPER =
            tighten(JsonMapper.builder())
                    .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .build();

    private StrictJson() {}

    /**
     * Reads bytes of this dialect.
     *
     * @param reader a reader of the type
     * @param what names the bytes in the complaint
     * @throws UnreadableEvent where they are not of this dialect, lack a field or break a rule
     */
    public static <T> T read(ObjectReader reader, Class<T> type, byte[] json, String what) {
        @Nullable Object value;
        try {
            value = reader.readValue(json);
        } catch (JacksonException e) {
            throw new UnreadableEvent("cannot read " + what + ": " + e.getOriginalMessage(), e);
        }
        if (value == null) {
            throw new UnreadableEvent("cannot read " + what + ": it is null");
        }
        return type.cast(value);
    }

    /** The rules that hold for events and for requests alike: no guessing, no reordering. */
    public static JsonMapper.Builder tighten(JsonMapper.Builder builder) {
        return builder.addModule(TIMES)
                .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .withCoercionConfig(
                        LogicalType.Textual,
                        config ->
                                config.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                                        .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                                        .setCoercion(
                                                CoercionInputShape.Boolean, CoercionAction.Fail));
    }
}
