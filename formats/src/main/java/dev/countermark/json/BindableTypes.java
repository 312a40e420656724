package dev.countermark.json;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Modifier;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Base64;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.deser.ValueDeserializerModifier;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.ValueSerializerModifier;
import tools.jackson.databind.ser.std.ToStringSerializer;
import tools.jackson.databind.type.ArrayType;

/**
 * The types that {@link Json} binds, enforced where Jackson makes the part that reads or writes one, and so for every
 * type inside another.
 *
 * <p>A closed list, because Jackson has a way to bind nearly everything: it looks up hosts for an {@code InetAddress} and
 * loads classes for a {@code Class}.
 */
final class BindableTypes {

    private static final Set<Class<?>> SCALARS = Set.of(
            boolean.class,
            Boolean.class,
            int.class,
            Integer.class,
            long.class,
            Long.class,
            double.class,
            Double.class,
            String.class,
            BigInteger.class,
            BigDecimal.class,
            UUID.class,
            URI.class,
            Duration.class,
            Instant.class,
            LocalDate.class,
            LocalDateTime.class,
            LocalTime.class,
            OffsetDateTime.class,
            Period.class,
            ZonedDateTime.class,
            // what Jackson reads an Object's numbers as
            Number.class,
            Object.class);

    /** Only inside an {@code Object}: JSON does not say which of them a number was. */
    private static final Set<Class<?>> ONLY_WRITTEN = Set.of(Byte.class, Short.class, Float.class);

    private static final String KOTLIN =
            "in Kotlin make it a @JvmRecord data class and compile it for Java 16 or newer:"
                    + " kotlin.compiler.jvmTarget in Maven, compilerOptions.jvmTarget in Gradle";

    private BindableTypes() {}

    static SimpleModule module() {
        var module = new SimpleModule("countermark") {
            private static final long serialVersionUID = 1;

            @Override
            public void setupModule(SetupContext context) {
                super.setupModule(context);
                context.addValueInstantiators(QuickConstructor.forRecords());
            }
        };
        module.setDeserializerModifier(new Read());
        module.setSerializerModifier(new Written());
        module.addDeserializer(double.class, new ExactDouble(double.class));
        module.addDeserializer(Double.class, new ExactDouble(Double.class));
        asText(module, BigDecimal.class, BigDecimal::new);
        asText(module, UUID.class, BindableTypes::uuid);
        asText(module, URI.class, URI::create);
        asText(module, Duration.class, Duration::parse);
        asText(module, Instant.class, Instant::parse);
        asText(module, LocalDate.class, LocalDate::parse);
        asText(module, LocalDateTime.class, LocalDateTime::parse);
        asText(module, LocalTime.class, LocalTime::parse);
        asText(module, OffsetDateTime.class, OffsetDateTime::parse);
        asText(module, Period.class, Period::parse);
        asText(module, ZonedDateTime.class, ZonedDateTime::parse);
        return module;
    }

    private static <V> void asText(SimpleModule module, Class<V> type, Function<String, V> parse) {
        module.addDeserializer(type, new FromText<>(type, parse));
        module.addSerializer(type, ToStringSerializer.instance);
    }

    /** {@link UUID#fromString} also takes groups that are too short. */
    private static UUID uuid(String text) {
        var uuid = UUID.fromString(text);
        if (!uuid.toString().equalsIgnoreCase(text)) {
            throw new IllegalArgumentException("not a UUID");
        }
        return uuid;
    }

    private static void require(JavaType type, boolean bindable) {
        if (!bindable) {
            throw new IllegalArgumentException(type.toCanonical() + " is none of the types that JSON is bound to; "
                    + (isOfKotlin(type.getRawClass()) ? KOTLIN : "use a record, a map or JsonNode, or write a Codec"));
        }
    }

    /** Compiled by Kotlin, which makes a record of a class only when told to. */
    private static boolean isOfKotlin(Class<?> type) {
        return Arrays.stream(type.getAnnotations())
                .anyMatch(annotation -> annotation.annotationType().getName().equals("kotlin.Metadata"));
    }

    private static boolean isBindable(Class<?> type) {
        if (type.isRecord()) {
            requireVisible(type);
            return true;
        }
        return SCALARS.contains(type) || Enum.class.isAssignableFrom(type) || JsonNode.class.isAssignableFrom(type);
    }

    private static void requireVisible(Class<?> type) {
        var jackson = ObjectMapper.class.getModule();
        var home = type.getModule();
        boolean visible = home.isOpen(type.getPackageName(), jackson)
                || Modifier.isPublic(type.getModifiers()) && home.isExported(type.getPackageName(), jackson);
        if (!visible) {
            throw new IllegalArgumentException(type.getName() + " is hidden from Jackson; make it public in an exported"
                    + " package, or open its package to " + jackson.getName());
        }
    }

    /** Whether a record asks to be read from something other than an object of its components. */
    private static boolean hasOwnForm(BeanDescription.Supplier type) {
        var members = Stream.<AnnotatedElement>concat(
                Arrays.stream(type.getBeanClass().getDeclaredConstructors()),
                Arrays.stream(type.getBeanClass().getDeclaredMethods()));
        return type.get().findJsonValueAccessor() != null
                || members.anyMatch(member -> member.isAnnotationPresent(JsonCreator.class));
    }

    private static final class Read extends ValueDeserializerModifier {
        private static final long serialVersionUID = 1;

        @Override
        public ValueDeserializer<?> modifyDeserializer(
                DeserializationConfig config, BeanDescription.Supplier type, ValueDeserializer<?> deserializer) {
            require(type.getType(), isBindable(type.getBeanClass()));
            return type.isRecordType() && !hasOwnForm(type) ? new FromObject(deserializer) : deserializer;
        }

        @Override
        public ValueDeserializer<?> modifyArrayDeserializer(
                DeserializationConfig config,
                ArrayType type,
                BeanDescription.Supplier description,
                ValueDeserializer<?> deserializer) {
            require(type, type.getRawClass() == byte[].class);
            return new FromText<>(byte[].class, Base64.getDecoder()::decode);
        }
    }

    private static final class Written extends ValueSerializerModifier {
        private static final long serialVersionUID = 1;

        @Override
        public ValueSerializer<?> modifySerializer(
                SerializationConfig config, BeanDescription.Supplier type, ValueSerializer<?> serializer) {
            var rawClass = type.getBeanClass();
            boolean bindable = isBindable(rawClass) || ONLY_WRITTEN.contains(rawClass);
            require(type.getType(), bindable || type.getType().isReferenceType());
            return serializer;
        }

        @Override
        public ValueSerializer<?> modifyArraySerializer(
                SerializationConfig config,
                ArrayType type,
                BeanDescription.Supplier description,
                ValueSerializer<?> serializer) {
            require(type, type.getRawClass() == byte[].class);
            return serializer;
        }
    }
}
