package dev.countermark.apitokens.jdbc;

final class Placeholder {
    private Placeholder() {}
}
