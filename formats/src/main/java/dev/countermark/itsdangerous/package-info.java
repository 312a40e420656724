/**
 * Tokens of Python's itsdangerous, releases 0.22 to 2.2.0, byte for byte.
 *
 * <p>Start with a release, {@link dev.countermark.itsdangerous.ItsDangerous}, give it the keys, and take the class that
 * the Python side uses:
 *
 * <pre>{@code
 * var python = ItsDangerous.V0_24.keys("sekrit");
 * DatedTokens<JsonNode> timed = python.timedSerializer();
 * timed.expiringAfter(Duration.ofHours(1)).verify(token);
 * }</pre>
 *
 * <p>What differs between releases stands in {@code ItsDangerous}, one constant a release; everything else asks it. A constant is
 * wire format and is never edited; a later release is added beside it.
 *
 * <p>Reading is strict: one text a token. {@link dev.countermark.itsdangerous.PythonTokens#lenient} reads what the
 * release reads.
 */
@NullMarked
package dev.countermark.itsdangerous;

import org.jspecify.annotations.NullMarked;
