package dev.countermark.apitokens.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class ClosedStoreTest {

    private final TestPostgres server = TestPostgres.shared();

    @Test
    void a_store_that_is_closed_while_it_begins_to_listen_leaves_no_session() throws InterruptedException {
        var url = server.emptyDatabase();
        // Kept, or the driver would end the sessions of what is collected.
        var stores = new ArrayList<JdbcTokenStore>();
        for (int i = 0; i < 40; i++) {
            var store = JdbcTokenStore.open(url);
            stores.add(store);
            var doorbell = new Thread(() -> listen(store));
            doorbell.start();
            // At another moment of its connecting each time.
            LockSupport.parkNanos(i * 500_000L);
            store.close();
            doorbell.join();
        }
        server.awaitNobodyOn(url);
        assertThat(stores).allSatisfy(store -> assertThat(store.shared()).isTrue());
    }

    private static void listen(JdbcTokenStore store) {
        try {
            store.awaitChange(Duration.ofSeconds(1));
        } catch (InterruptedException | RuntimeException e) {
            // That it is closed is what is tried.
            return;
        }
    }
}
