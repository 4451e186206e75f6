package org.ppflow.app.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class ClaimsTest extends TableFiles {
    @Test
    void aClaim_isHeldToTheSeedsThatBothRowsHave() throws IOException {
        write("SiT", 1, 32);
        write("PPF-2", 0, 10);
        assertThat(fill().claims().get(1)).endsWith("Ours: no seed that both were run with.");
        write("PPF-2", 1, 33);
        assertThat(fill().claims().get(1)).endsWith("Ours: classifier-FD 33.00 against 32.00: no, by one seed.");
    }

    @Test
    void aClaim_isComparedSeedBySeed_soThatWhatSeedsDifferInDoesNotHideIt() throws IOException {
        double[] base = {100, 140, 180};
        for (int seed = 0; seed < 3; seed++) {
            write("SiT", seed, base[seed]);
            write("PPF-2", seed, base[seed] - 10 - seed);
        }
        assertThat(fill().claims().get(1)).endsWith("129.00 ± 39.00 (3) against 140.00 ± 40.00 (3): yes.");
        write("PPF-2", 2, 200);
        assertThat(fill().claims().get(1)).endsWith("no difference beyond the spread of seeds.");
    }
}
