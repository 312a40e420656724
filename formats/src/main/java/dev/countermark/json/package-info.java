/**
 * JSON as the value of a token: {@link dev.countermark.json.Json} for records, maps and trees, read strictly.
 *
 * <p>{@link dev.countermark.json.PythonJson} where the bytes must be those of Python's {@code json}. Jackson binds trees
 * to types; reading and writing text is done here, so that a payload means the same to everybody who reads it.
 *
 * <p>The two codecs are all that other packages see. What the strict reader refuses stays refused, and what {@code PythonJson}
 * writes is what Python writes: neither is edited, another codec is added beside them.
 */
@NullMarked
package dev.countermark.json;

import org.jspecify.annotations.NullMarked;
