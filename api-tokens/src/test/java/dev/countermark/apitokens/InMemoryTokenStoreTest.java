package dev.countermark.apitokens;

import org.junit.jupiter.api.Nested;

class InMemoryTokenStoreTest {

    private static TokenStore empty(TestClock clock) {
        return new InMemoryTokenStore(clock);
    }

    @Nested
    class Issuing extends IssuingContract {
        Issuing() {
            super(InMemoryTokenStoreTest::empty);
        }
    }

    @Nested
    class Revoking extends RevokingContract {
        Revoking() {
            super(InMemoryTokenStoreTest::empty);
        }
    }

    @Nested
    class Rotating extends RotatingContract {
        Rotating() {
            super(InMemoryTokenStoreTest::empty);
        }
    }

    @Nested
    class Records extends RecordsContract {
        Records() {
            super(InMemoryTokenStoreTest::empty);
        }
    }

    @Nested
    class Keys extends KeysContract {
        Keys() {
            super(InMemoryTokenStoreTest::empty);
        }
    }
}
