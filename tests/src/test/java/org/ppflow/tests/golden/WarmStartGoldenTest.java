package org.ppflow.tests.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.ppflow.flow.forward.ForwardInput;
import org.ppflow.flow.forward.ForwardPass;
import org.ppflow.flow.level.Boundary;
import org.ppflow.flow.level.LevelSchedule;
import org.ppflow.flow.model.ModelDescription;
import org.ppflow.flow.model.ModelWeights;
import org.ppflow.flow.model.WarmStart;
import org.ppflow.flow.model.WarmStartRule;
import org.ppflow.flow.sampling.Guidance;
import org.ppflow.flow.sampling.SamplingGraph;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.session.SessionOptions;
import org.ppflow.nn.weights.Npz;
import org.ppflow.nn.weights.Safetensors;
import org.ppflow.nn.weights.TensorFile;
import org.ppflow.nn.weights.TensorFiles;
import org.ppflow.nn.weights.TensorSource;

/** The published conversion of a SiT, and the paper's: the new projections, and what the new networks answer. */
class WarmStartGoldenTest {
    private static final double WEIGHT = 1e-6;
    private static final double OUTPUT = 2e-5;
    private static final String LEVEL_TABLE = "level_embedder.embedding_table.weight";

    @TestFactory
    List<DynamicTest> warmStarts() {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path file : GoldenFolder.find("model", "warmstart.npz")) {
            GoldenModel.weights(file.resolveSibling("sit"), "weights").ifPresent(sit -> {
                for (WarmStartRule rule : List.of(WarmStartRule.CODE, WarmStartRule.PAPER)) {
                    for (LevelSchedule schedule : List.of(LevelSchedule.PPF_2, LevelSchedule.PPF_3)) {
                        tests.add(dynamicTest(
                                "warm start " + rule + " " + schedule.name(),
                                () -> compare(file, sit, rule, schedule)));
                    }
                }
            });
        }
        // Another folder of goldens may lack this file.
        assertThat(tests.size()
                        + GoldenFolder.find("model", "weights.safetensors").size())
                .isPositive();
        return tests;
    }

    private static void compare(Path file, Path sitFile, WarmStartRule rule, LevelSchedule schedule)
            throws IOException {
        Path written = Files.createTempFile("warmstart", ".safetensors");
        try (TensorFile golden = Npz.open(file);
                TensorFile sit = TensorFiles.open(sitFile)) {
            int levels = schedule.count();
            ModelDescription target = WarmStart.target(GoldenModel.description(sitFile), schedule, true);
            List<TensorSource> tensors = new ArrayList<>();
            for (TensorSource tensor : new WarmStart(rule, WarmStart.LevelTableStart.ZERO, 0).tensors(sit, target)) {
                boolean table = tensor.info().name().equals(LEVEL_TABLE);
                tensors.add(
                        table
                                ? TensorSource.floats(
                                        LEVEL_TABLE,
                                        golden.floats("level_table").slice(0, levels))
                                : tensor);
            }
            Safetensors.write(written, ModelWeights.metadata(target), tensors);
            try (TensorFile made = Safetensors.open(written);
                    SamplingGraph network = SamplingGraph.open(made, target, SessionOptions.DEFAULT)) {
                int compared = compareProjections(made, golden, rule);
                assertThat(compared).isEqualTo(isMislabelled(golden, rule) ? 0 : 4 * (levels - 1));
                compareOutputs(network, golden, rule + "/out" + levels);
            }
        } finally {
            Files.delete(written);
        }
    }

    private static int compareProjections(TensorFile made, TensorFile golden, WarmStartRule rule) throws IOException {
        int compared = 0;
        for (String name : made.names()) {
            if (golden.contains(rule + "/" + name) && !isMislabelled(golden, rule)) {
                ArrayAssert.assertThat(made.floats(name)).as(name).isWithin(WEIGHT, golden.floats(rule + "/" + name));
                compared++;
            }
        }
        return compared;
    }

    /**
     * The stored file has under {@code code/} the projections of {@code paper/}, bit for bit, beside outputs that differ. The published
     * code ({@code repeat_interleave} in its train.py) and the stored outputs agree on the rule; so a file that says the two
     * rules are the same is asked for its outputs only.
     */
    private static boolean isMislabelled(TensorFile golden, WarmStartRule rule) throws IOException {
        String last = "/final_layer.linear1.weight";
        return rule == WarmStartRule.CODE && golden.floats("code" + last).equals(golden.floats("paper" + last));
    }

    private static void compareOutputs(SamplingGraph network, TensorFile golden, String name) throws IOException {
        int[] labels = GoldenModel.ints(golden.longs("y"));
        float[] times = golden.floats("t").values();
        FloatArray expected = golden.floats(name);
        for (int i = 0; i < times.length; i++) {
            double[] t = new double[labels.length];
            Arrays.fill(t, times[i]);
            Guidance none = Guidance.uniform(1, network.schedule().count());
            ForwardPass pass = new ForwardPass(network, none, Boundary.AUTHORS, 16);
            ArrayAssert.assertThat(pass.velocity(new ForwardInput(golden.floats("x"), t, labels), done -> {}))
                    .as(name + ", t = " + times[i])
                    .isWithin(OUTPUT, GoldenModel.at(expected, i));
        }
    }
}
