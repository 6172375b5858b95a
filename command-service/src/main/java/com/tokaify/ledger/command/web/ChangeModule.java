package com.tokaify.ledger.command.web;

import com.tokaify.ledger.command.decision.Change;
import org.springframework.stereotype.Component;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.module.SimpleModule;

/**
 * Reads the fields of a merge patch (RFC 7396): one that is absent says nothing, null says null.
 * Spring hands it to the reader of requests.
 */
@Component
final class ChangeModule extends SimpleModule {
    private static final long serialVersionUID = 1L;

    ChangeModule() {
        super("changes");
        addDeserializer(Change.class, new Unresolved());
    }

    /** Before it is known what the field holds. */
    private static final class Unresolved extends ValueDeserializer<Change<?>> {
        @Override
        public ValueDeserializer<?> createContextual(
                DeserializationContext context, BeanProperty property) {
            JavaType content = context.getContextualType().containedTypeOrUnknown(0);
            return new Reader(context.findContextualValueDeserializer(content, property));
        }

        @Override
        public Change<?> deserialize(JsonParser parser, DeserializationContext context) {
            throw new IllegalStateException("a change is read as a field of a request");
        }
    }

    private static final class Reader extends ValueDeserializer<Change<?>> {
        private final ValueDeserializer<Object> content;

        Reader(ValueDeserializer<Object> content) {
            this.content = content;
        }

        @Override
        public Change<?> deserialize(JsonParser parser, DeserializationContext context) {
            return Change.to(content.deserialize(parser, context));
        }

        @Override
        public Object getNullValue(DeserializationContext context) {
            return Change.to(null);
        }

        @Override
        public Object getAbsentValue(DeserializationContext context) {
            return Change.none();
        }
    }
}
