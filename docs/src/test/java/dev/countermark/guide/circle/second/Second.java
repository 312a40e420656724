package dev.countermark.guide.circle.second;

import dev.countermark.guide.circle.first.First;

/** The other half. */
public record Second(First first) {}
