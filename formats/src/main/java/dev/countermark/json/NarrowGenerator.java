package dev.countermark.json;

import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.Base64Variant;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.SerializableString;
import tools.jackson.core.StreamWriteCapability;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.core.TreeNode;
import tools.jackson.core.Version;
import tools.jackson.core.util.JacksonFeatureSet;

/**
 * A generator that knows no value yet: whatever it is asked for, it remembers that this was unusual, and writes nothing.
 *
 * <p>What a subclass knows it overrides. Long because Jackson's interface is.
 */
abstract class NarrowGenerator extends JsonGenerator {

    private static final JacksonFeatureSet<StreamWriteCapability> CAPABILITIES = JacksonFeatureSet.fromBitmask(0);

    private boolean unusual;

    /** Whether something was asked for that is not known here, so that what was written does not count. */
    final boolean isVoid() {
        return unusual;
    }

    /** Remembers that what was written does not count. */
    final JsonGenerator unusual() {
        unusual = true;
        return this;
    }

    /** A key of a map: two may have one text. */
    @Override
    public JsonGenerator writeName(String name) {
        return unusual();
    }

    /** Called where one record is unwrapped into another. */
    @Override
    public void assignCurrentValue(@Nullable Object value) {
        unusual();
    }

    @Override
    public JsonGenerator writePropertyId(long id) {
        return unusual();
    }

    @Override
    public JsonGenerator writeString(Reader reader, int size) {
        return unusual();
    }

    @Override
    public JsonGenerator writeString(char[] text, int offset, int size) {
        return unusual();
    }

    @Override
    public JsonGenerator writeString(SerializableString text) {
        return unusual();
    }

    @Override
    public JsonGenerator writeRawUTF8String(byte[] text, int offset, int size) {
        return unusual();
    }

    @Override
    public JsonGenerator writeUTF8String(byte[] text, int offset, int size) {
        return unusual();
    }

    @Override
    public JsonGenerator writeRaw(String text) {
        return unusual();
    }

    @Override
    public JsonGenerator writeRaw(String text, int offset, int size) {
        return unusual();
    }

    @Override
    public JsonGenerator writeRaw(char[] text, int offset, int size) {
        return unusual();
    }

    @Override
    public JsonGenerator writeRaw(char c) {
        return unusual();
    }

    @Override
    public JsonGenerator writeRawValue(String text) {
        return unusual();
    }

    @Override
    public JsonGenerator writeRawValue(String text, int offset, int size) {
        return unusual();
    }

    @Override
    public JsonGenerator writeRawValue(char[] text, int offset, int size) {
        return unusual();
    }

    @Override
    public JsonGenerator writeBinary(Base64Variant variant, byte[] bytes, int offset, int size) {
        return unusual();
    }

    @Override
    public int writeBinary(Base64Variant variant, InputStream bytes, int size) {
        unusual();
        return 0;
    }

    @Override
    public JsonGenerator writeNumber(float number) {
        return unusual();
    }

    @Override
    public JsonGenerator writeNumber(BigDecimal number) {
        return unusual();
    }

    @Override
    public JsonGenerator writeNumber(String number) {
        return unusual();
    }

    @Override
    public JsonGenerator writePOJO(Object value) {
        return unusual();
    }

    @Override
    public JsonGenerator writeTree(TreeNode node) {
        return unusual();
    }

    @Override
    public Version version() {
        return Version.unknownVersion();
    }

    @Override
    public @Nullable TokenStreamContext streamWriteContext() {
        return null;
    }

    @Override
    public ObjectWriteContext objectWriteContext() {
        return ObjectWriteContext.empty();
    }

    @Override
    public @Nullable Object streamWriteOutputTarget() {
        return null;
    }

    @Override
    public @Nullable Object currentValue() {
        return null;
    }

    @Override
    public JsonGenerator configure(StreamWriteFeature feature, boolean on) {
        return unusual();
    }

    @Override
    public boolean isEnabled(StreamWriteFeature feature) {
        return false;
    }

    @Override
    public int streamWriteFeatures() {
        return 0;
    }

    @Override
    public boolean has(StreamWriteCapability capability) {
        return false;
    }

    @Override
    public JacksonFeatureSet<StreamWriteCapability> streamWriteCapabilities() {
        return CAPABILITIES;
    }

    @Override
    public void flush() {
        // nothing is buffered
    }

    @Override
    public boolean isClosed() {
        return false;
    }

    @Override
    public void close() {
        // nothing is held
    }
}
