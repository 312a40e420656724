package dev.countermark.apitokens;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SimulationTest {

    /** More of them with {@code -Dcountermark.schedules=1000000}. */
    private static final int SCHEDULES = Integer.getInteger("countermark.schedules", 10_000);

    private static final int SECONDS = 40;

    @Test
    void no_yes_begins_after_acknowledgement_and_lease() {
        long valid = 0;
        long refused = 0;
        long unavailable = 0;
        long revocations = 0;
        long restores = 0;
        for (long seed = 0; seed < SCHEDULES; seed++) {
            var simulation = new Simulation(seed, true);
            simulation.run(SECONDS);
            assertThat(simulation.violations).as("seed %d", seed).isEmpty();
            valid += simulation.valid;
            refused += simulation.refused;
            unavailable += simulation.unavailable;
            revocations += simulation.revocations;
            restores += simulation.restores;
        }
        // A simulation in which nothing is said proves nothing.
        assertThat(valid).isGreaterThan(SCHEDULES * 10L);
        assertThat(refused).isGreaterThan(SCHEDULES * 10L);
        assertThat(unavailable).isGreaterThan(SCHEDULES);
        assertThat(revocations).isGreaterThan(SCHEDULES * 2L);
        assertThat(restores).isGreaterThan(SCHEDULES / 2);
    }

    @Test
    void without_the_lease_rule_the_same_schedules_find_a_yes_too_late() {
        int caught = 0;
        for (long seed = 0; seed < Math.min(SCHEDULES, 500); seed++) {
            var simulation = new Simulation(seed, false);
            simulation.run(SECONDS);
            caught += simulation.violations.isEmpty() ? 0 : 1;
        }
        assertThat(caught).isGreaterThan(10);
    }
}
