package org.ppflow.flow.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ppflow.nn.errors.BadInputException;

class WarmStartRuleTest {
    /** FlexiViT's invariant: an enlarged patch gives the token that the small one gave. */
    @ParameterizedTest
    @CsvSource({"1,2", "2,1", "2,2", "2,4", "4,2", "3,3"})
    void pseudoInverse_undoesTheEnlargement(int pixels, int factor) {
        double[][] enlarge = WarmStartRule.PSEUDO_INVERSE.output(pixels, factor);
        double[][] weight = WarmStartRule.PSEUDO_INVERSE.input(pixels, factor);
        for (int i = 0; i < pixels; i++) {
            for (int j = 0; j < pixels; j++) {
                double product = 0;
                for (int pixel = 0; pixel < pixels * factor; pixel++) {
                    product += weight[pixel][i] * enlarge[pixel][j];
                }
                // Ten digits: the pseudo-inverse of at most 12×4 numbers near 1 loses no more.
                assertThat(product).isCloseTo(i == j ? 1 : 0, within(1e-10));
            }
        }
    }

    @Test
    void code_averagesNeighbours_paperAveragesSubPatches() {
        assertThat(WarmStartRule.CODE.input(2, 2)).isDeepEqualTo(new double[][] {{.5, 0}, {.5, 0}, {0, .5}, {0, .5}});
        assertThat(WarmStartRule.PAPER.input(2, 2)).isDeepEqualTo(new double[][] {{.5, 0}, {0, .5}, {.5, 0}, {0, .5}});
        assertThat(WarmStartRule.CODE.output(2, 2)).isDeepEqualTo(new double[][] {{1, 0}, {1, 0}, {0, 1}, {0, 1}});
        assertThat(WarmStartRule.PAPER.output(2, 2)).isDeepEqualTo(new double[][] {{1, 0}, {0, 1}, {1, 0}, {0, 1}});
    }

    @ParameterizedTest
    @CsvSource({"CODE", "PAPER", "PSEUDO_INVERSE"})
    void constantPatch_keepsItsToken(WarmStartRule rule) {
        double[][] weight = rule.input(2, 2);
        for (int column = 0; column < 2; column++) {
            double sum = 0;
            for (double[] row : weight) {
                sum += row[column];
            }
            assertThat(sum).isCloseTo(1, within(1e-10));
        }
    }

    @Test
    void named_isTheNameThatIsShown() {
        for (WarmStartRule rule : WarmStartRule.values()) {
            assertThat(WarmStartRule.named(rule.toString())).isEqualTo(rule);
        }
        assertThatThrownBy(() -> WarmStartRule.named("kode"))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("one of code, paper, pseudo-inverse");
    }
}
