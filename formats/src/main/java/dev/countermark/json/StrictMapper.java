package dev.countermark.json;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.exc.InvalidDefinitionException;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/** Jackson without its conveniences: nothing is coerced, and no type but {@link BindableTypes} is bound. */
final class StrictMapper {

    static final JsonMapper INSTANCE = mapper();

    private StrictMapper() {}

    private static JsonMapper mapper() {
        var factory = JsonFactory.builder()
                .streamWriteConstraints(StreamWriteConstraints.builder()
                        .maxNestingDepth(Dialect.DEPTH)
                        .build())
                // the keys 1 and "1" of a map have one text
                .enable(StreamWriteFeature.STRICT_DUPLICATE_DETECTION)
                // the shortest digits, the same on every JDK
                .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
                .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
                .disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS)
                .build();
        var builder = JsonMapper.builder(factory)
                .addModule(BindableTypes.module())
                .annotationIntrospector(new WithoutPolymorphism())
                .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY, MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .enable(MapperFeature.INFER_RECORD_GETTERS_FROM_COMPONENTS_ONLY)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT, DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS);
        for (var target : LogicalType.values()) {
            builder.withCoercionConfig(target, config -> {
                for (var shape : CoercionInputShape.values()) {
                    config.setCoercion(shape, CoercionAction.Fail);
                }
            });
        }
        return builder.build();
    }

    /** Whether a failure is the fault of the type, not of the value. */
    static boolean isUnusable(JacksonException failure) {
        return failure instanceof InvalidDefinitionException;
    }

    /** Who writes a payload must not name the class that it becomes. */
    private static final class WithoutPolymorphism extends JacksonAnnotationIntrospector {
        private static final long serialVersionUID = 1;

        @Override
        public JsonTypeInfo.@Nullable Value findPolymorphicTypeInfo(MapperConfig<?> config, Annotated annotated) {
            return null;
        }
    }
}
