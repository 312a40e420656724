package dev.countermark.guide.circle.first;

import dev.countermark.guide.circle.second.Second;

/** Half of a circle, which the rule must find. */
public record First(Second second) {}
