package org.ppflow.eval.preflight;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.ppflow.eval.images.ImageShape;
import org.ppflow.eval.preflight.Finding.Code;
import org.ppflow.nn.errors.BadInputException;

/**
 * What the pixels of a set tell. Plain values: whoever keeps it beside the set's identity need not read the pixels again.
 *
 * @param name of the set
 * @param shape of each picture
 * @param count at least 1
 * @param contentHash SHA-256 over the shape and the SHA-256 of each picture's pixels in order: equal for equal pixels, whatever file they come from
 * @param keys a number for each picture that depends on its pixels alone; equal pictures have equal keys
 * @param repeats pictures that are there more than once
 * @param oneColour number of pictures of one colour
 * @param firstOneColour index of the first of them; −1 where there is none
 * @param low smallest pixel, 0 to 255
 * @param high largest pixel, 0 to 255
 * @param grey whether every pixel has equal channels, of which there are several
 * @param classOrder of the labels, where there are some
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record PreflightReport(
        String name,
        ImageShape shape,
        int count,
        String contentHash,
        long[] keys,
        Repeats repeats,
        int oneColour,
        int firstOneColour,
        int low,
        int high,
        boolean grey,
        Optional<ClassOrder> classOrder) {
    /** A set that spans less of 0..255 has probably been scaled wrongly. */
    private static final int NARROW = 64;

    public PreflightReport {
        if (count < 1 || keys.length != count || low > high) {
            throw new IllegalArgumentException(
                    count + " pictures, " + keys.length + " keys, pixels " + low + " to " + high);
        }
    }

    /** What is doubtful about the set by itself. */
    public List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        if (high <= 1) {
            findings.add(finding(
                    Code.ZERO_AND_ONE,
                    Severity.ERROR,
                    (low == high ? "every pixel is " + low : "every pixel is 0 or 1")
                            + ", where uint8 0 to 255 is wanted; to a network that is one black picture, and all"
                            + " numbers would be wrong; multiply by 255 before the pixels are made whole numbers"));
        } else if (high - low < NARROW) {
            findings.add(finding(
                    Code.NARROW_RANGE,
                    Severity.WARNING,
                    "pixels go from " + low + " to " + high + " only, where 0 to 255 is usual; if they were scaled"
                            + " wrongly, all numbers are wrong; check how they were made whole numbers"));
        }
        if (oneColour > 0 && high > 1) {
            findings.add(finding(
                    Code.ONE_COLOUR,
                    Severity.WARNING,
                    oneColour + " of " + count + " pictures " + (oneColour == 1 ? "is" : "are") + " of one colour,"
                            + " picture " + firstOneColour + " the first; diverged samples look so and raise distances;"
                            + " check them"));
        }
        if (repeats.count() > 0) {
            findings.add(finding(
                    Code.REPEATED_PICTURES,
                    Severity.WARNING,
                    repeats.count() + " of " + count + " pictures repeat another one exactly, picture "
                            + repeats.second() + " the first, which is picture " + repeats.first()
                            + "; they count twice, raise precision and shrink radii; check seeds, or that files were"
                            + " not joined twice"));
        }
        if (grey) {
            findings.add(finding(
                    Code.GREY,
                    Severity.NOTE,
                    "all pictures are grey: their three channels are equal; networks of colour pictures take them as"
                            + " they are; compare only with a grey reference"));
        }
        classOrder.ifPresent(order -> findings.addAll(classFindings(name, order, "labels")));
        return List.copyOf(findings);
    }

    /**
     * What the order of classes does to the Inception Score over consecutive chunks.
     *
     * @param name of the set
     * @param order of labels or predicted classes
     * @param what they are, for the text: {@code labels}, {@code predicted classes}
     */
    public static List<Finding> classFindings(String name, ClassOrder order, String what) {
        if (order.splitsDiffer()) {
            return List.of(new Finding(
                    Code.CLASS_ORDER,
                    Severity.WARNING,
                    String.format(
                            java.util.Locale.ROOT,
                            "%s: the %s come %s: %d runs, %.0f in random order; an Inception Score over consecutive"
                                    + " chunks of %d, as the protocol adm takes it, is too small by a factor of up to"
                                    + " %.2f; use the score over shuffled or all pictures, or shuffle before saving",
                            name,
                            what,
                            order.grouped() ? "sorted or in groups" : "in an order that chunks differ by",
                            order.runs(),
                            order.expectedRuns(),
                            order.splitSize(),
                            order.factor())));
        }
        if (order.grouped()) {
            return List.of(new Finding(
                    Code.CLASS_ORDER,
                    Severity.NOTE,
                    String.format(
                            java.util.Locale.ROOT,
                            "%s: the %s come sorted or in groups: %d runs, %.0f in random order; chunks of %d hold all"
                                    + " of them alike, so the Inception Score is right; smaller chunks would not be",
                            name,
                            what,
                            order.runs(),
                            order.expectedRuns(),
                            order.splitSize())));
        }
        return List.of();
    }

    /** Known of two sets before a pixel is. */
    public static Optional<Finding> otherResolution(
            String name, ImageShape shape, String reference, ImageShape referenceShape) {
        return shape.equals(referenceShape)
                ? Optional.empty()
                : Optional.of(new Finding(
                        Code.OTHER_RESOLUTION,
                        Severity.WARNING,
                        name + ": pictures of " + shape + ", the reference " + reference + " has " + referenceShape
                                + "; the network resizes both, and distances measure the difference in sharpness too; compare"
                                + " with a reference of the same size"));
    }

    /** What is doubtful about comparing these samples with a reference. */
    public List<Finding> against(PreflightReport reference) {
        List<Finding> findings = new ArrayList<>();
        Optional<Finding> other = otherResolution(name, shape, reference.name, reference.shape);
        if (other.isPresent()) {
            return List.of(other.get()); // pictures of other sizes are never equal
        }
        if (contentHash.equals(reference.contentHash)) {
            findings.add(finding(
                    Code.SHARED_PICTURES,
                    Severity.WARNING,
                    "the same " + count + " pictures as the reference " + reference.name
                            + "; distances are 0 but for rounding; give the samples"));
            return List.copyOf(findings);
        }
        Repeats shared = Repeats.between(keys, reference.keys);
        if (shared.count() > 0) {
            findings.add(finding(
                    Code.SHARED_PICTURES,
                    Severity.WARNING,
                    shared.count() + " of " + count + " pictures are in the reference " + reference.name
                            + " too, picture " + shared.first() + " the first, there picture " + shared.second()
                            + "; copies of the reference make every number better; check that samples and reference"
                            + " were not mixed, or that the model does not give its training pictures back"));
        }
        return List.copyOf(findings);
    }

    /**
     * The same for a program that stops.
     *
     * @throws BadInputException if a finding is an {@linkplain Severity#ERROR error}: every number would be wrong
     */
    public static void requireNoError(List<Finding> findings) {
        String errors = findings.stream()
                .filter(finding -> finding.severity() == Severity.ERROR)
                .map(Finding::text)
                .collect(Collectors.joining("; "));
        if (!errors.isEmpty()) {
            int name = errors.indexOf(": ");
            throw BadInputException.at(errors.substring(0, name))
                    .found(errors.substring(name + 2))
                    .build();
        }
    }

    private Finding finding(Code code, Severity severity, String text) {
        return new Finding(code, severity, name + ": " + text);
    }
}
