package org.ppflow.app.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.util.List;
import org.junit.jupiter.api.Test;

class CoverageTest {
    private static final Region BOUNDS = new Region(0, 0, 12, 10);

    @Test
    void rectangle_coversEachPixelByItsSharedArea() {
        Coverage coverage = new Coverage(BOUNDS);
        coverage.add(corners(2.25, 3.5, 5.5, 6));

        assertThat(at(coverage, 1, 4)).isZero();
        assertThat(at(coverage, 2, 4)).isCloseTo(0.75, within(1e-12));
        assertThat(at(coverage, 2, 3)).isCloseTo(0.375, within(1e-12));
        assertThat(at(coverage, 4, 5)).isCloseTo(1, within(1e-12));
        assertThat(at(coverage, 5, 5)).isCloseTo(0.5, within(1e-12));
        assertThat(at(coverage, 6, 5)).isCloseTo(0, within(1e-12));
    }

    @Test
    void flatTriangle_coversItsArea() {
        Coverage coverage = new Coverage(BOUNDS);
        coverage.add(List.of(new Point(0.3, 0.2), new Point(11.7, 1.9), new Point(4.1, 9.6)));

        double area = Math.abs((11.7 - 0.3) * (9.6 - 0.2) - (4.1 - 0.3) * (1.9 - 0.2)) / 2;
        assertThat(sum(coverage)).isCloseTo(area, within(1e-9));
    }

    @Test
    void polygonsThatOverlap_countOnceWhicheverWayRoundTheyGo() {
        Coverage coverage = new Coverage(BOUNDS);
        coverage.add(corners(1, 1, 5, 5));
        coverage.add(corners(3, 1, 8, 5).stream()
                .sorted(java.util.Comparator.comparingDouble(Point::x)
                        .thenComparing(point -> point.x() == 3 ? point.y() : -point.y()))
                .toList());

        assertThat(sum(coverage)).isCloseTo(7 * 4, within(1e-9));
    }

    @Test
    void hole_staysFree() {
        Path2D ring = new Path2D.Double();
        ring.append(new Ellipse2D.Double(1, 1, 8, 8), false);
        ring.append(reversed(2, 2, 8, 8), false);
        Coverage coverage = new Coverage(BOUNDS);
        coverage.add(ring.getPathIterator(null));

        assertThat(at(coverage, 4, 4)).isCloseTo(0, within(1e-9));
        assertThat(at(coverage, 1, 5)).isGreaterThan(0.9);
    }

    private static Path2D reversed(double left, double top, double right, double bottom) {
        Path2D path = new Path2D.Double();
        path.moveTo(left, top);
        path.lineTo(left, bottom);
        path.lineTo(right, bottom);
        path.lineTo(right, top);
        path.closePath();
        return path;
    }

    private static List<Point> corners(double left, double top, double right, double bottom) {
        return List.of(new Point(left, top), new Point(right, top), new Point(right, bottom), new Point(left, bottom));
    }

    private static double at(Coverage coverage, int x, int y) {
        double[] row = new double[coverage.width()];
        coverage.row(y - coverage.top(), row);
        return row[x - coverage.left()];
    }

    private static double sum(Coverage coverage) {
        double sum = 0;
        double[] row = new double[coverage.width()];
        for (int y = 0; y < coverage.height(); y++) {
            coverage.row(y, row);
            for (double share : row) {
                sum += share;
            }
        }
        return sum;
    }
}
