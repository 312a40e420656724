/** Sign, verify, rotate keys, expire: signed tokens without a dependency. */
module dev.countermark.core {
    requires static transitive org.jspecify;
}
