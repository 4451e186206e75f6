package org.ppflow.tests.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.ppflow.flow.level.LevelSchedule;
import org.ppflow.flow.model.DitConfig;
import org.ppflow.flow.model.PositionAlignment;
import org.ppflow.flow.model.PositionTable;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.weights.Npz;
import org.ppflow.nn.weights.TensorFile;

/** Fixed position tables of the published code for the three levels 4×4, 2×4, 2×2. */
class PositionGoldenTest {
    /** The last float32 digit; sines are computed in double on both sides (golden README). */
    private static final double TOLERANCE = 1e-6;

    private static final Pattern NAME = Pattern.compile("size(\\d+)_hidden(\\d+)/level(\\d)");

    @TestFactory
    List<DynamicTest> positionTables() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path file : GoldenFolder.find("model", "position.npz")) {
            try (TensorFile golden = Npz.open(file)) {
                for (String name : golden.names()) {
                    Matcher matcher = NAME.matcher(name);
                    if (matcher.matches()) {
                        int size = Integer.parseInt(matcher.group(1));
                        int hidden = Integer.parseInt(matcher.group(2));
                        int level = Integer.parseInt(matcher.group(3));
                        tests.add(dynamicTest("position/" + name, () -> compare(file, name, size, hidden, level)));
                    }
                }
            }
        }
        // Another folder of goldens may lack this file.
        assertThat(tests.size()
                        + GoldenFolder.find("model", "weights.safetensors").size())
                .isPositive();
        return tests;
    }

    private static void compare(Path file, String name, int size, int hidden, int level) throws IOException {
        DitConfig config =
                new DitConfig(4, size, size, 1, hidden, 4, 4, 10, 0.1, true, true, PositionAlignment.TOP_LEFT);
        LevelSchedule schedule = LevelSchedule.PPF_3;
        FloatArray table = PositionTable.of(config, schedule.level(level).patch(), schedule.finestPatch());
        FloatArray all = table.reshaped(table.shape()[1], hidden);
        try (TensorFile golden = Npz.open(file)) {
            FloatArray expected = golden.floats(name);
            String rows = name.replace("level", "rows");
            if (!golden.contains(rows)) {
                ArrayAssert.assertThat(all).as(name).isWithin(TOLERANCE, expected);
                return;
            }
            int[] kept = GoldenModel.ints(golden.longs(rows));
            for (int i = 0; i < kept.length; i++) {
                ArrayAssert.assertThat(all.slice(kept[i], kept[i] + 1))
                        .as(name + ", token " + kept[i])
                        .isWithin(TOLERANCE, expected.slice(i, i + 1));
            }
        }
    }
}
