/** Signed values: keys, purposes, dates, verdicts. Depends on the JDK alone. */
module dev.countermark.core {
    requires static transitive org.jspecify;

    exports dev.countermark;
    exports dev.countermark.encoding;
    exports dev.countermark.mac;
}
