package dev.countermark.server.oauth;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/**
 * The body of an error of RFC 6749 section 5.2.
 *
 * @param error its code
 */
record OAuthError(String error) {

    /** A parameter is missing, twice there, or unreadable; or parameters stand in the address. */
    static final String INVALID_REQUEST = "invalid_request";

    /** The token was issued to somebody else. */
    static final String INVALID_GRANT = "invalid_grant";

    /** RFC 7009 section 2.2.1: there are no tokens of this type here. */
    static final String UNSUPPORTED_TOKEN_TYPE = "unsupported_token_type";

    static ResponseEntity<Object> answer(String error) {
        return ResponseEntity.status(HttpStatus.BAD_REQUEST)
                .cacheControl(CacheControl.noStore())
                .body(new OAuthError(error));
    }
}
