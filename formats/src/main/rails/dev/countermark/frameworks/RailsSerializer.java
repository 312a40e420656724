package dev.countermark.frameworks;

/** How Rails turns a value into bytes. */
enum RailsSerializer {
    /** Ruby's {@code JSON}. */
    JSON(ForeignJson.RUBY),
    /** {@code ActiveSupport::JSON}, which {@code :json} and {@code :json_allow_marshal} mean. */
    ACTIVE_SUPPORT(ForeignJson.ACTIVE_SUPPORT),
    /** {@code Marshal}, whose bytes are never turned into objects here. */
    MARSHAL(ForeignJson.ACTIVE_SUPPORT),
    /** None: the value is a text or bytes already. Only the old envelope can stand around it. */
    NONE(ForeignJson.ACTIVE_SUPPORT);

    private final ForeignJson json;

    RailsSerializer(ForeignJson json) {
        this.json = json;
    }

    boolean isJson() {
        return this == JSON || this == ACTIVE_SUPPORT;
    }

    /** The JSON that it writes, or in which a release before 7.1 looks for an envelope. */
    ForeignJson json() {
        return json;
    }
}
