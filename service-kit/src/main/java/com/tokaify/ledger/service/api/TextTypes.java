package com.tokaify.ledger.service.api;

import com.fasterxml.jackson.databind.JavaType;
import com.tokaify.ledger.events.Position;
import com.tokaify.ledger.events.id.AccountId;
import com.tokaify.ledger.events.id.TokenId;
import com.tokaify.ledger.events.net.IpRange;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.oas.models.media.Schema;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.providers.ObjectMapperProvider;

/** The types of the contract that are a text in JSON, with the pattern of that text. */
final class TextTypes implements ModelConverter {
    /** The text of a {@link Position}. */
    static final String POSITION = "^[0-9]{1,5}:[0-9]{1,18}$";

    private static final String ID = "[0-7][0-9a-hjkmnp-tv-z]{25}$";
    private static final Map<Class<?>, String> PATTERNS =
            Map.of(
                    TokenId.class,
                    "^tok_" + ID,
                    AccountId.class,
                    "^acc_" + ID,
                    IpRange.class,
                    "^[0-9a-f:.]{2,45}(/[0-9]{1,3})?$",
                    Position.class,
                    POSITION);

    private final ObjectMapperProvider mappers;

    TextTypes(ObjectMapperProvider mappers) {
        this.mappers = mappers;
    }

    static @Nullable Schema<?> schemaOf(Class<?> type) {
        String pattern = PATTERNS.get(type);
        return pattern == null ? null : Schemas.text(pattern);
    }

    @Override
    public @Nullable Schema<?> resolve(
            AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
        JavaType known = mappers.jsonMapper().constructType(type.getType());
        Schema<?> schema = known == null ? null : schemaOf(known.getRawClass());
        if (schema != null) {
            return schema;
        }
        return chain.hasNext() ? chain.next().resolve(type, context, chain) : null;
    }
}
