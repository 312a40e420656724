package dev.countermark.json;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.ValueInstantiator;
import tools.jackson.databind.deser.ValueInstantiators;
import tools.jackson.databind.deser.std.StdValueInstantiator;

/**
 * Calls a record's constructor through a handle that is made once.
 *
 * <p>Jackson 3.1 makes a new one for each value ({@code AnnotatedConstructor.call}), which takes longer than the rest of
 * reading a small record.
 */
final class QuickConstructor extends StdValueInstantiator {

    private static final MethodType OBJECT_FROM_ARRAY = MethodType.methodType(Object.class, Object[].class);

    private final MethodHandle constructor;

    private QuickConstructor(StdValueInstantiator original, MethodHandle constructor) {
        super(original);
        this.constructor = constructor;
    }

    /** What makes Jackson's instantiators of records into these. */
    static ValueInstantiators forRecords() {
        return new ValueInstantiators.Base() {
            @Override
            public ValueInstantiator modifyValueInstantiator(
                    DeserializationConfig config, BeanDescription.Supplier type, ValueInstantiator original) {
                boolean usual = type.isRecordType() && original.getClass() == StdValueInstantiator.class;
                if (!usual || !(original instanceof StdValueInstantiator standard)) {
                    return original;
                }
                var handle = handleOrNull(standard);
                return handle == null ? original : new QuickConstructor(standard, handle);
            }
        };
    }

    /** The constructor as a function of an array, or null where Jackson uses none or may see more than we may. */
    private static @Nullable MethodHandle handleOrNull(ValueInstantiator original) {
        var creator = original.getWithArgsCreator();
        if (creator == null || !(creator.getAnnotated() instanceof Constructor<?> constructor)) {
            return null;
        }
        try {
            return MethodHandles.lookup()
                    .unreflectConstructor(constructor)
                    .asFixedArity()
                    .asSpreader(Object[].class, constructor.getParameterCount())
                    .asType(OBJECT_FROM_ARRAY);
        } catch (IllegalAccessException e) {
            return null;
        }
    }

    @Override
    public Object createFromObjectWith(DeserializationContext context, Object[] arguments) {
        try {
            return constructor.invokeExact(arguments);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalArgumentException("the constructor of a record refused its arguments", e);
        }
    }
}
