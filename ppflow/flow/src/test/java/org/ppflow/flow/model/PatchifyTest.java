package org.ppflow.flow.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ppflow.flow.level.LevelSchedule;
import org.ppflow.flow.level.PatchSize;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.random.Purpose;
import org.ppflow.nn.random.RandomStream;
import org.ppflow.nn.session.GraphSession;
import org.ppflow.nn.session.SessionOptions;
import org.tensorflow.Graph;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

class PatchifyTest {
    @ParameterizedTest
    @CsvSource({"sit, 16, 16, 4", "ppf-2, 16, 16, 4", "ppf-3, 32, 32, 4", "ppf-3, 8, 24, 3", "ppf-2, 12, 4, 1"})
    void unpatchify_undoesPatchifyForEveryLevel(String name, int height, int width, int channels) {
        LevelSchedule schedule = LevelSchedule.preset(name);
        for (int level = 0; level < schedule.count(); level++) {
            assertIdentity(Patchify.of(schedule.level(level).patch(), schedule.finestPatch(), height, width), channels);
        }
    }

    @ParameterizedTest
    @CsvSource({"8x8, 2x2", "4x2, 2x2", "3x3, 2x2", "6x4, 3x2", "1x1, 1x1", "12x12, 4x4"})
    void unpatchify_undoesPatchifyForOddPatches(String patch, String finest) {
        assertIdentity(Patchify.of(PatchSize.parse(patch), PatchSize.parse(finest), 24, 24), 4);
    }

    /** z[n, c·4 + i·2 + j, h, w] = x[n, c, 2h+i, 2w+j], then 2×2 patches (p, q, channel), as published. */
    @Test
    void tokens_haveThePublishedOrder() {
        Patchify patchify = Patchify.of(new PatchSize(4, 4), new PatchSize(2, 2), 4, 8);
        float[] values = new float[2 * 4 * 8];
        for (int i = 0; i < values.length; i++) {
            values[i] = i;
        }
        List<FloatArray> results = run(patchify, new FloatArray(new int[] {1, 2, 4, 8}, values), 2);
        float[] tokens = results.get(0).values();
        // Token 1 (second column of patches), p = 1, q = 0, channel 1, i = 0, j = 1: pixel row 2, column 4 + 1.
        int entry = 32 + ((2 * 1 + 0) * 8 + 1 * 4 + 0 * 2 + 1);
        assertThat(tokens[entry]).isEqualTo(values[1 * 32 + 2 * 8 + 5]);
    }

    @Test
    void patchify_rejectsPatchesThatDoNotTile() {
        assertThatThrownBy(() -> Patchify.of(new PatchSize(4, 4), new PatchSize(2, 2), 16, 18))
                .hasMessage("patch: 4x4 does not divide latent 16x18");
    }

    private static void assertIdentity(Patchify patchify, int channels) {
        FloatArray images = FloatArray.zeros(3, channels, patchify.height(), patchify.width());
        RandomStream.of(1, Purpose.TEST, 0).fillGaussian(images.values(), 0, images.values().length);
        List<FloatArray> results = run(patchify, images, channels);
        assertThat(results.get(0).shape())
                .containsExactly(3 * patchify.tokens(), patchify.patch().area() * channels);
        assertThat(results.get(0)).isNotEqualTo(results.get(1));
        assertThat(results.get(1)).as(patchify.toString()).isEqualTo(images);
    }

    private static List<FloatArray> run(Patchify patchify, FloatArray images, int channels) {
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            Placeholder<TFloat32> x = tf.placeholder(TFloat32.class);
            var tokens = patchify.tokens(tf, x, channels);
            var back = patchify.images(tf, tokens, channels);
            try (GraphSession session = new GraphSession(graph, SessionOptions.DEFAULT)) {
                return session.run().feed(x, images).fetch(tokens).fetch(back).execute();
            }
        }
    }
}
