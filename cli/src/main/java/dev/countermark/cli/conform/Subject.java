package dev.countermark.cli.conform;

import dev.countermark.Codec;
import dev.countermark.DatedTokens;
import dev.countermark.Tokens;
import dev.countermark.Unverified;
import dev.countermark.Verdict;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Tokens to ask, with a date or without: one face for the library's types. */
interface Subject<T> {

    /**
     * Signs a value.
     *
     * @throws IllegalArgumentException if it cannot be written
     */
    byte[] sign(T value);

    Verdict<T> check(byte[] token);

    Unverified<T> unverified(byte[] token);

    <U> Subject<U> as(Codec<U> codec);

    static <T> Subject<T> of(Tokens<T> tokens) {
        return new Undated<>(tokens);
    }

    /**
     * Tokens with a date.
     *
     * @param maxAge what reading demands, or null
     */
    static <T> Subject<T> of(DatedTokens<T> tokens, @Nullable Duration maxAge) {
        return new Dated<>(tokens, maxAge);
    }

    record Undated<T>(Tokens<T> tokens) implements Subject<T> {

        @Override
        public byte[] sign(T value) {
            return tokens.signToBytes(value);
        }

        @Override
        public Verdict<T> check(byte[] token) {
            return tokens.checkBytes(token);
        }

        @Override
        public Unverified<T> unverified(byte[] token) {
            return tokens.unverifiedBytes(token);
        }

        @Override
        public <U> Subject<U> as(Codec<U> codec) {
            return new Undated<>(tokens.as(codec));
        }
    }

    record Dated<T>(DatedTokens<T> tokens, @Nullable Duration maxAge) implements Subject<T> {

        @Override
        public byte[] sign(T value) {
            return tokens.signToBytes(value);
        }

        @Override
        public Verdict<T> check(byte[] token) {
            return maxAge == null ? tokens.checkBytes(token) : tokens.checkBytes(token, maxAge);
        }

        @Override
        public Unverified<T> unverified(byte[] token) {
            return tokens.unverifiedBytes(token);
        }

        @Override
        public <U> Subject<U> as(Codec<U> codec) {
            return new Dated<>(tokens.as(codec), maxAge);
        }
    }
}
