/**
 * JSON as the value of a token.
 *
 * <p>{@link dev.countermark.json.PythonJson} where the bytes must be those of Python's {@code json}.
 */
@NullMarked
package dev.countermark.json;

import org.jspecify.annotations.NullMarked;
