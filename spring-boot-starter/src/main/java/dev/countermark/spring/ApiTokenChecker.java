package dev.countermark.spring;

import dev.countermark.apitokens.ApiTokenVerdict;

/** What checks the API tokens of an application, whether they have a store or not. Safe for many threads. */
public interface ApiTokenChecker {

    /** What the tokens begin with, before an underscore. */
    String prefix();

    /** The verdict on a text. Never throws for a text. */
    ApiTokenVerdict check(String text);
}
