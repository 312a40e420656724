/**
 * JSON as the value of a token: {@link dev.countermark.json.Json} for records, maps and trees, read strictly.
 *
 * <p>{@link dev.countermark.json.PythonJson} where the bytes must be those of Python's {@code json}. Jackson binds trees
 * to types; reading and writing text is done here, so that a payload means the same to everybody who reads it.
 */
@NullMarked
package dev.countermark.json;

import org.jspecify.annotations.NullMarked;
