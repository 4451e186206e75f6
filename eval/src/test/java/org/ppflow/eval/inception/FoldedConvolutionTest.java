package org.ppflow.eval.inception;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.ppflow.nn.array.FloatArray;

class FoldedConvolutionTest {
    private static final FloatArray KERNEL =
            new FloatArray(new int[] {1, 1, 2, 2}, new float[] {1, 2, 3, 4}); // [in][out]

    private static FoldedConvolution.BatchNorm norm(Optional<FloatArray> gamma) {
        return new FoldedConvolution.BatchNorm(
                FloatArray.vector(10, 20), FloatArray.vector(3.75f, 15.75f), FloatArray.vector(1, 2), gamma, 0.25);
    }

    @Test
    void of_scalesEachOutputChannelAndMovesTheMeanIntoTheBias() {
        // standard deviations 2 and 4
        FoldedConvolution folded = FoldedConvolution.of(KERNEL, norm(Optional.of(FloatArray.vector(6, 8))));
        assertThat(folded.kernel().values()).containsExactly(3, 4, 9, 8);
        assertThat(folded.bias().values()).containsExactly(1 - 30, 2 - 40);
    }

    @Test
    void of_aNormThatDoesNotScaleAfterwardsIgnoresGamma() {
        FoldedConvolution folded = FoldedConvolution.of(KERNEL, norm(Optional.empty()));
        assertThat(folded.kernel().values()).containsExactly(0.5f, 0.5f, 1.5f, 1);
        assertThat(folded.bias().values()).containsExactly(1 - 5, 2 - 5);
    }
}
