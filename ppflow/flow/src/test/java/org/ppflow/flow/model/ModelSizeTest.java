package org.ppflow.flow.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ppflow.flow.level.LevelSchedule;
import org.ppflow.nn.graph.VariableStore;
import org.tensorflow.Graph;
import org.tensorflow.op.Ops;

class ModelSizeTest {
    /**
     * Published: 33 M, 130 M, 458 M, 675 M for patches of 2 (DiT, table 4; SiT). Exact counts follow from the layers; XL's
     * 675,129,632 is what fast-DiT and SiT print.
     */
    @ParameterizedTest
    @CsvSource({"S,33", "B,130", "L,458", "XL,675"})
    void parameters_areThePublishedMillions(ModelSize size, long millions) {
        assertThat(Math.round(parameters(size, LevelSchedule.SIT, false) / 1e6)).isEqualTo(millions);
    }

    @ParameterizedTest
    @CsvSource({"S", "B", "L", "XL"})
    void anotherLevel_addsItsProjectionsAndRowOnly(ModelSize size) {
        long d = size.hidden();
        // 4 channels × 16 pixels in, 8 × 16 out, biases, two rows of the level table.
        long added = (64 * d + d) + (128 * d + 128) + 2 * d;
        assertThat(parameters(size, LevelSchedule.PPF_2, true) - parameters(size, LevelSchedule.SIT, false))
                .isEqualTo(added);
    }

    private static long parameters(ModelSize size, LevelSchedule schedule, boolean levelTable) {
        try (Graph graph = new Graph()) {
            VariableStore store = new VariableStore(Ops.create(graph), "model");
            new Dit(store.root(), size.imageNet(32, levelTable), schedule);
            return store.trainableParameters();
        }
    }
}
