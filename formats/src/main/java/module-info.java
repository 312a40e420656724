/** JSON, itsdangerous, JWS and framework formats of signed tokens. */
module dev.countermark.formats {
    requires transitive dev.countermark.core;
    requires transitive tools.jackson.databind;
    requires static transitive org.jspecify;

    exports dev.countermark.frameworks;
    exports dev.countermark.itsdangerous;
    exports dev.countermark.json;
    exports dev.countermark.jws;
}
