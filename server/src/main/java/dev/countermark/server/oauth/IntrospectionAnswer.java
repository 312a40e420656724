package dev.countermark.server.oauth;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.countermark.apitokens.ApiTokenVerdict;
import org.jspecify.annotations.Nullable;

/**
 * The answer of RFC 7662 section 2.2: {@code {"active":false}} and nothing else, or what stands in the token.
 *
 * @param scope scopes separated by spaces; absent for none
 * @param issuedAt seconds since 1970
 * @param expiresAt seconds since 1970
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record IntrospectionAnswer(
        boolean active,
        @JsonProperty("token_type") @Nullable String tokenType,
        @JsonProperty("jti") @Nullable String id,
        @JsonProperty("sub") @Nullable String subject,
        @Nullable String scope,
        @JsonProperty("iat") @Nullable Long issuedAt,
        @JsonProperty("exp") @Nullable Long expiresAt) {

    static final IntrospectionAnswer INACTIVE = new IntrospectionAnswer(false, null, null, null, null, null, null);

    static IntrospectionAnswer of(ApiTokenVerdict.Valid token) {
        return new IntrospectionAnswer(
                true,
                "Bearer",
                token.id(),
                token.subject(),
                token.scope().isEmpty() ? null : token.scope(),
                token.issuedAt().getEpochSecond(),
                token.expiresAt().getEpochSecond());
    }

    /** The id: a subject may be private. */
    @Override
    public String toString() {
        return "IntrospectionAnswer[active=" + active + ", id=" + id + "]";
    }
}
