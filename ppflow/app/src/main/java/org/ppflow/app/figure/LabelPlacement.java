package org.ppflow.app.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds places for labels beside their points. First each label in turn takes the place near its point that costs least, then, a few times over, each moves where
 * it costs less among the others. No label covers another, or a marker, or leaves the area; a label without such a place has none. Lines are kept free
 * where that is possible, and a label is not put nearer to another point than to its own.
 */
final class LabelPlacement {
    /** From this distance on, a label is joined to its point by a line. */
    static final double FAR = 9;

    private static final double NEAREST = 5;
    private static final double RING = 3;
    private static final int RINGS = 6;
    private static final int ROUNDS = 4;
    private static final double COST_OF_A_RING = 1;
    private static final double COST_OF_A_LINE = 4;
    private static final double COST_OF_DOUBT = 3;
    private static final double COST_OF_TURNING = 0.05;

    /** Right, left, above, below, and between: x and y of the label's middle, in half sizes and distances. */
    private static final int[][] DIRECTIONS = {{1, 0}, {-1, 0}, {0, -1}, {0, 1}, {1, -1}, {1, 1}, {-1, -1}, {-1, 1}};

    private final Region area;
    private final List<Point> markers = new ArrayList<>();
    private final List<Line> lines = new ArrayList<>();
    private final List<Wish> wishes = new ArrayList<>();

    private record Line(Point from, Point to) {}

    private record Wish(Point at, double width, double height) {}

    LabelPlacement(Region area) {
        this.area = area;
    }

    /** Keeps a marker free. */
    void avoid(Point marker) {
        markers.add(marker);
    }

    /** Keeps a straight line free. */
    void avoid(Point from, Point to) {
        lines.add(new Line(from, to));
    }

    /**
     * Asks for a place for a label.
     *
     * @param at its point
     */
    void add(Point at, double width, double height) {
        wishes.add(new Wish(at, width, height));
    }

    /** The places of all labels, in the order in which they were asked for. */
    List<Optional<Region>> places() {
        List<@Nullable Region> places = new ArrayList<>();
        for (int i = 0; i < wishes.size(); i++) {
            places.add(null);
        }
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < wishes.size(); i++) {
                places.set(i, null);
                places.set(i, best(wishes.get(i), places));
            }
        }
        List<Optional<Region>> result = new ArrayList<>();
        for (Region place : places) {
            result.add(Optional.ofNullable(place));
        }
        return result;
    }

    private @Nullable Region best(Wish wish, List<@Nullable Region> others) {
        Region best = null;
        double least = Double.POSITIVE_INFINITY;
        for (int ring = 0; ring < RINGS; ring++) {
            double distance = NEAREST + RING * ring;
            for (int turn = 0; turn < DIRECTIONS.length; turn++) {
                int[] direction = DIRECTIONS[turn];
                // Between two sides, a label's corner is on the circle.
                double reach = direction[0] != 0 && direction[1] != 0 ? distance * Math.sqrt(0.5) : distance;
                double x = wish.at().x() + direction[0] * (reach + wish.width() / 2) - wish.width() / 2;
                double y = wish.at().y() + direction[1] * (reach + wish.height() / 2) - wish.height() / 2;
                Region place = new Region(x, y, wish.width(), wish.height());
                double cost = COST_OF_A_RING * ring + COST_OF_TURNING * turn + cost(place, wish.at(), others);
                if (cost < least) {
                    least = cost;
                    best = place;
                }
            }
        }
        return best;
    }

    private double cost(Region place, Point own, List<@Nullable Region> others) {
        Region wide = place.widened(1);
        if (!area.holds(place)
                || markers.stream().anyMatch(marker -> Marker.bounds(marker).overlaps(place))) {
            return Double.POSITIVE_INFINITY;
        }
        for (Region other : others) {
            if (other != null && wide.overlaps(other)) {
                return Double.POSITIVE_INFINITY;
            }
        }
        long crossed = lines.stream()
                .filter(line -> place.crosses(line.from(), line.to()))
                .count();
        double distance = place.distance(own);
        long nearer = markers.stream()
                .filter(marker -> !marker.equals(own) && place.distance(marker) < distance)
                .count();
        return COST_OF_A_LINE * crossed + COST_OF_DOUBT * nearer;
    }
}
