package com.tokaify.ledger.service.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JavaType;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.SpecVersion;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.providers.ObjectMapperProvider;

/**
 * Describes records as they are: properties in the order of the components, null where JSpecify
 * allows it, words from their javadoc. Springdoc by itself knows nothing of nulls, and takes two
 * records of one simple name for one.
 *
 * <p>Which properties are required depends on who writes them, which is not known here; {@link
 * RequestsAndAnswers} says it.
 */
final class RecordSchemas implements ModelConverter {
    /** Marks what an answer leaves out where it is empty, until {@link RequestsAndAnswers}. */
    static final String LEFT_OUT = "x-left-out";

    private final ObjectMapperProvider mappers;
    private final MarkdownJavadoc javadoc;
    private final Set<Class<?>> patchFields;
    private final Map<String, JavaType> named = new ConcurrentHashMap<>();

    RecordSchemas(
            ObjectMapperProvider mappers, MarkdownJavadoc javadoc, Set<Class<?>> patchFields) {
        this.mappers = mappers;
        this.javadoc = javadoc;
        this.patchFields = patchFields;
    }

    @Override
    public @Nullable Schema<?> resolve(
            AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
        JavaType known = mappers.jsonMapper().constructType(type.getType());
        if (isObject(known)) {
            return reference(known, context);
        }
        return chain.hasNext() ? chain.next().resolve(type, context, chain) : null;
    }

    /** A record that is written as an object, and not as the text its {@code @JsonValue} makes. */
    private static boolean isObject(@Nullable JavaType type) {
        return type != null
                && type.getRawClass().isRecord()
                && Arrays.stream(type.getRawClass().getMethods())
                        .noneMatch(method -> method.isAnnotationPresent(JsonValue.class));
    }

    private Schema<?> reference(JavaType type, ModelConverterContext context) {
        String name = Names.ofSchema(type);
        JavaType other = named.putIfAbsent(name, type);
        if (other != null && !other.equals(type)) {
            throw new IllegalStateException(
                    "the document would call both %s and %s %s".formatted(other, type, name));
        }
        if (!context.getDefinedModels().containsKey(name)) {
            Schema<?> schema = Schemas.ofType("object");
            context.defineModel(name, schema); // before its properties, which may be of its type
            Schemas.describe(schema, javadoc.getClassJavadoc(type.getRawClass()));
            addProperties(schema, type, context);
        }
        return new Schema<>(SpecVersion.V31).$ref(Components.COMPONENTS_SCHEMAS_REF + name);
    }

    private void addProperties(Schema<?> schema, JavaType type, ModelConverterContext context) {
        for (RecordComponent component : type.getRawClass().getRecordComponents()) {
            if (component.getAccessor().isAnnotationPresent(JsonUnwrapped.class)) {
                addProperties(schema, typeOf(component, type), context);
            } else {
                schema.addProperty(Names.inJson(component), property(component, type, context));
            }
        }
    }

    private JavaType typeOf(RecordComponent component, JavaType owner) {
        return mappers.jsonMapper()
                .getTypeFactory()
                .resolveMemberType(component.getGenericType(), owner.getBindings());
    }

    private Schema<?> property(
            RecordComponent component, JavaType owner, ModelConverterContext context) {
        JavaType type = typeOf(component, owner);
        java.lang.reflect.AnnotatedType annotated = component.getAnnotatedType();
        boolean ofPatch = patchFields.contains(type.getRawClass());
        if (ofPatch) {
            type = type.containedType(0);
            annotated =
                    ((AnnotatedParameterizedType) annotated).getAnnotatedActualTypeArguments()[0];
        }
        AnnotatedType wanted =
                new AnnotatedType(type)
                        .ctxAnnotations(component.getAccessor().getAnnotations())
                        .propertyName(component.getName())
                        .schemaProperty(true)
                        .resolveAsRef(true);
        Schema<?> schema = value(annotated, type, wanted, context);
        if ((ofPatch || isNullable(annotated)) && !component.isAnnotationPresent(Required.class)) {
            schema = Schemas.orNull(schema);
        }
        Schemas.describe(schema, javadoc.of(component));
        if (ofPatch || isLeftOut(component)) {
            schema.addExtension(LEFT_OUT, true);
        }
        return schema;
    }

    /** By the component's own word, or by its record's where it may be null. */
    private static boolean isLeftOut(RecordComponent component) {
        JsonInclude own = component.getAccessor().getAnnotation(JsonInclude.class);
        JsonInclude ofRecord = component.getDeclaringRecord().getAnnotation(JsonInclude.class);
        return own != null
                ? own.value() != JsonInclude.Include.ALWAYS
                : ofRecord != null
                        && ofRecord.value() != JsonInclude.Include.ALWAYS
                        && isNullable(component.getAnnotatedType());
    }

    /** What may stand in a place where there is no null. */
    private Schema<?> value(
            java.lang.reflect.AnnotatedType annotated,
            JavaType type,
            AnnotatedType wanted,
            ModelConverterContext context) {
        if (isObject(type)) {
            return reference(type, context);
        }
        if (type.isCollectionLikeType()
                && annotated instanceof AnnotatedParameterizedType parameterized) {
            java.lang.reflect.AnnotatedType element =
                    parameterized.getAnnotatedActualTypeArguments()[0];
            JavaType elementType = type.getContentType();
            Schema<?> items =
                    value(
                            element,
                            elementType,
                            new AnnotatedType(elementType).resolveAsRef(true),
                            context);
            return Schemas.ofType("array")
                    .items(isNullable(element) ? Schemas.orNull(items) : items);
        }
        return JsonTypes.schema(type).orElseGet(() -> Schemas.copy(context.resolve(wanted)));
    }

    private static boolean isNullable(java.lang.reflect.AnnotatedType type) {
        return type.isAnnotationPresent(Nullable.class);
    }
}
