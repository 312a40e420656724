package dev.countermark.apitokens;

/**
 * What stands in a token.
 *
 * @param idHigh {@link TokenId#high} of the id: a check looks it up three times and reads it once
 * @param idLow {@link TokenId#low} of the id
 * @param scope sorted, joined by single spaces
 * @param expiresAt seconds since 1970; the second itself still counts
 * @param generation feed number of the last revocation of the subject at issue
 */
record Claims(String id, long idHigh, long idLow, String subject, String scope, long expiresAt, long generation) {

    Claims(String id, String subject, String scope, long expiresAt, long generation) {
        this(id, TokenId.high(id), TokenId.low(id), subject, scope, expiresAt, generation);
    }

    static Claims of(ApiToken token) {
        return new Claims(
                token.id(),
                token.subject(),
                Scopes.join(token.scopes()),
                token.expiresAt().getEpochSecond(),
                token.generation());
    }

    @Override
    public String toString() {
        return "Claims[id=" + id + "]";
    }
}
