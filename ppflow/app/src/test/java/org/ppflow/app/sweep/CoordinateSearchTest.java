package org.ppflow.app.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ppflow.nn.errors.BadInputException;

class CoordinateSearchTest {
    private static final ScaleGrid GRID = new ScaleGrid(1, 4, 0.5, 2);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void aSumOfConvexFunctions_hasItsLeastValueOfTheGridFound_andNoCandidateIsAskedTwice(long seed) throws IOException {
        Random random = new Random(seed);
        List<double[]> parts = new ArrayList<>();
        List<Double> start = new ArrayList<>();
        for (int axis = 0; axis < 3; axis++) {
            parts.add(new double[] {0.5 + 4 * random.nextDouble(), 0.1 + random.nextDouble(), random.nextInt(3)});
            start.add(1 + 3 * random.nextDouble());
        }
        List<List<Double>> asked = new ArrayList<>();
        CoordinateSearch.Result result = new CoordinateSearch(GRID, 20).minimize(start, (candidate, place) -> {
            assertThat(place.evaluated()).isEqualTo(asked.size());
            asked.add(candidate);
            return sum(parts, candidate);
        });
        assertThat(new HashSet<>(asked)).hasSameSizeAs(asked);
        assertThat(result.values().keySet()).containsExactlyElementsOf(asked);
        assertThat(result.settled()).isTrue();
        double least = 0;
        for (double[] part : parts) {
            double best = Double.POSITIVE_INFINITY;
            for (int index = 0; index <= 24; index++) {
                best = Math.min(best, convex(part, 1 + index / 8.0));
            }
            least += best;
        }
        assertThat(sum(parts, result.best())).isCloseTo(least, within(1e-12));
    }

    private static double sum(List<double[]> parts, List<Double> candidate) {
        double sum = 0;
        for (int i = 0; i < candidate.size(); i++) {
            sum += convex(parts.get(i), candidate.get(i));
        }
        return sum;
    }

    /** A parabola, a corner, or a curve that is steep on one side. */
    private static double convex(double[] part, double x) {
        double distance = x - part[0];
        if (part[2] == 0) {
            return part[1] * distance * distance;
        }
        return part[2] == 1 ? part[1] * Math.abs(distance) : Math.exp(3 * part[1] * distance) - 3 * part[1] * distance;
    }

    @Test
    void aSearchThatIsEndedAnywhere_goesOnToTheSameAnswer() throws IOException {
        CoordinateSearch search = new CoordinateSearch(GRID, 20);
        CoordinateSearch.Result whole = search.minimize(List.of(2.0, 2.0), (candidate, place) -> coupled(candidate));
        for (int kept = 0; kept < whole.values().size(); kept++) {
            Map<List<Double>, Double> store = new java.util.HashMap<>();
            int budget = kept;
            assertThatThrownBy(() -> search.minimize(List.of(2.0, 2.0), (candidate, place) -> {
                        if (place.evaluated() == budget) {
                            throw new IOException("killed");
                        }
                        store.put(candidate, coupled(candidate));
                        return coupled(candidate);
                    }))
                    .hasMessage("killed");
            CoordinateSearch.Result again = search.minimize(
                    List.of(2.0, 2.0), (candidate, place) -> store.getOrDefault(candidate, coupled(candidate)));
            assertThat(again).isEqualTo(whole);
        }
    }

    @Test
    void coupledCoordinates_endWhereNoNeighbourIsBetter() throws IOException {
        List<Double> best = new CoordinateSearch(GRID, 50)
                .minimize(List.of(1.0, 4.0), (candidate, place) -> coupled(candidate))
                .best();
        for (int axis = 0; axis < 2; axis++) {
            for (double step : new double[] {-0.125, 0.125}) {
                List<Double> near = new ArrayList<>(best);
                near.set(axis, near.get(axis) + step);
                if (near.get(axis) >= 1 && near.get(axis) <= 4) {
                    assertThat(coupled(near)).isGreaterThanOrEqualTo(coupled(best));
                }
            }
        }
    }

    private static double coupled(List<Double> x) {
        double first = x.get(0) - 2.3;
        double second = x.get(1) - 3.1;
        return first * first + second * second + 1.2 * first * second;
    }

    @Test
    void theRounds_areAnEnd_andTheFirstIsEveryValueOfEachCoordinate() throws IOException {
        CoordinateSearch search = new CoordinateSearch(GRID, 1);
        List<Integer> left = new ArrayList<>();
        CoordinateSearch.Result result = search.minimize(List.of(2.0, 2.0), (candidate, place) -> {
            left.add(place.left());
            return coupled(candidate);
        });
        assertThat(result.settled()).isFalse();
        assertThat(result.rounds()).isEqualTo(1);
        assertThat(result.values()).hasSize(search.firstRound(2)).hasSize(13);
        assertThat(left).containsExactly(12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
    }

    @Test
    void valuesOfAGrid_areDecimals() throws IOException {
        CoordinateSearch.Result result = new CoordinateSearch(new ScaleGrid(0.1, 0.7, 0.2, 0), 1)
                .minimize(List.of(0.0), (candidate, place) -> -candidate.get(0));
        assertThat(result.values().keySet()).containsExactly(List.of(0.1), List.of(0.3), List.of(0.5), List.of(0.7));
        assertThat(result.best()).containsExactly(0.7);
    }

    @Test
    void theLargestValue_isBelowTheEnd_whereNoWholeStepEndsThere() {
        assertThat(new ScaleGrid(1, 4, 0.5, 1).largest()).isEqualTo(4);
        assertThat(new ScaleGrid(1, 4.2, 0.5, 0).largest()).isEqualTo(4);
    }

    @Test
    void gridsThatCannotBe_areRefused() {
        assertThatThrownBy(() -> new ScaleGrid(2, 1, 0.5, 0)).isInstanceOf(BadInputException.class);
        assertThatThrownBy(() -> new ScaleGrid(1, 2, 0, 0)).isInstanceOf(BadInputException.class);
        assertThatThrownBy(() -> new ScaleGrid(1, 2, 1e-9, 0)).isInstanceOf(BadInputException.class);
        assertThatThrownBy(() -> new ScaleGrid(1, 2, 0.5, -1)).isInstanceOf(BadInputException.class);
        assertThatThrownBy(() -> new ScaleGrid(Double.NaN, 2, 0.5, 0)).isInstanceOf(BadInputException.class);
    }
}
