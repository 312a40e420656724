package dev.countermark.apitokens;

class InMemoryTokenStoreTest extends ApiTokensContract {

    @Override
    protected TokenStore emptyStore(TestClock clock) {
        return new InMemoryTokenStore(clock);
    }
}
