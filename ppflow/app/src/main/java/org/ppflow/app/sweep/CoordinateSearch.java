package org.ppflow.app.sweep;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds a small value of a function of several coordinates, one coordinate at a time. The first round looks at every value of each coordinate at the grid's
 * step, the others at their best so far. Each later round walks from there along each coordinate as long as that is better, at a step that is
 * halved when a whole round has changed nothing. At the finest step such a round ends the search.
 *
 * <p>For a sum of convex functions of one coordinate each, that is the grid's minimum; else a point whose neighbours along the axes are no better. Each
 * candidate is evaluated once. What is done next follows from the values alone, so a search that is given values it had before goes on as if it had
 * never ended.
 *
 * @param grid values of every coordinate
 * @param rounds most rounds, at least 1
 */
public record CoordinateSearch(ScaleGrid grid, int rounds) {
    /** The function; asked once for each candidate. */
    @FunctionalInterface
    public interface Function {
        /**
         * Its value.
         *
         * @param candidate a number for each coordinate
         * @param place where the search is
         * @return what is to be small; not NaN
         */
        double value(List<Double> candidate, Place place) throws IOException;
    }

    /**
     * Where a search is.
     *
     * @param round from 1
     * @param evaluated candidates before this one
     * @param left candidates of this round after this one, at least
     */
    public record Place(int round, int evaluated, int left) {}

    /**
     * How a search ended.
     *
     * @param best candidate; of equals the first that was evaluated
     * @param values of all candidates, in the order of their evaluation
     * @param rounds that were taken
     * @param settled whether the last round changed nothing at the finest step; not so where the rounds ended before
     */
    public record Result(List<Double> best, Map<List<Double>, Double> values, int rounds, boolean settled) {
        public Result {
            best = List.copyOf(best);
            values = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(values));
        }
    }

    public CoordinateSearch {
        if (rounds < 1) {
            throw new IllegalArgumentException("rounds: " + rounds + " must be at least 1");
        }
    }

    /**
     * Searches.
     *
     * @param start a number for each coordinate; the nearest values of the first look are taken
     */
    public Result minimize(List<Double> start, Function function) throws IOException {
        Search search = new Search(grid, function, start);
        search.scan();
        int halved = 0;
        boolean settled = false;
        while (!settled && search.round < rounds) {
            search.round++;
            if (search.walk(grid.stride(halved))) {
                continue;
            }
            settled = halved == grid.halvings();
            halved = Math.min(halved + 1, grid.halvings());
        }
        return new Result(search.numbers(search.best), search.values, search.round, settled);
    }

    /** The fewest candidates that a search evaluates before it can settle: its first round's. */
    public int firstRound(int coordinates) {
        return 1 + coordinates * (grid.last() / grid.stride(0));
    }

    private static final class Search {
        private final ScaleGrid grid;
        private final Function function;
        private final Map<List<Double>, Double> values = new LinkedHashMap<>();
        private List<Integer> best;
        private double least;
        private int round;

        Search(ScaleGrid grid, Function function, List<Double> start) throws IOException {
            this.grid = grid;
            this.function = function;
            this.best = start.stream().map(grid::nearest).toList();
            this.round = 1;
            this.least = value(best, start.size() * (grid.last() / grid.stride(0)));
        }

        List<Double> numbers(List<Integer> indices) {
            return indices.stream().map(grid::value).toList();
        }

        private double value(List<Integer> indices, int left) throws IOException {
            List<Double> candidate = numbers(indices);
            Double known = values.get(candidate);
            if (known != null) {
                return known;
            }
            double value = function.value(candidate, new Place(round, values.size(), left));
            if (Double.isNaN(value)) {
                throw new IllegalArgumentException("the value of " + candidate + " is no number");
            }
            values.put(candidate, value);
            return value;
        }

        /** Every value of each coordinate. */
        void scan() throws IOException {
            int steps = grid.last() / grid.stride(0);
            for (int axis = 0; axis < best.size(); axis++) {
                List<Integer> from = best;
                int left = (best.size() - axis) * steps;
                for (int step = 0; step <= steps; step++) {
                    int index = step * grid.stride(0);
                    if (index != from.get(axis)) {
                        left--;
                        take(with(from, axis, index), left);
                    }
                }
            }
        }

        /** Along each coordinate as long as that is better; whether anything was. */
        boolean walk(int stride) throws IOException {
            boolean changed = false;
            for (int axis = 0; axis < best.size(); axis++) {
                for (int sign : new int[] {-1, 1}) {
                    int left = 2 * (best.size() - axis - 1) + (sign < 0 ? 1 : 0);
                    while (inside(best.get(axis) + sign * stride)
                            && take(with(best, axis, best.get(axis) + sign * stride), left)) {
                        changed = true;
                    }
                }
            }
            return changed;
        }

        private boolean take(List<Integer> candidate, int left) throws IOException {
            double value = value(candidate, left);
            if (value >= least) {
                return false;
            }
            least = value;
            best = candidate;
            return true;
        }

        private boolean inside(int index) {
            return index >= 0 && index <= grid.last();
        }

        private static List<Integer> with(List<Integer> indices, int axis, int index) {
            List<Integer> changed = new ArrayList<>(indices);
            changed.set(axis, index);
            return List.copyOf(changed);
        }
    }
}
