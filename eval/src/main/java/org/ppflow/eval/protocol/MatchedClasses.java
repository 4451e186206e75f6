package org.ppflow.eval.protocol;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.ppflow.eval.images.ImageSource;
import org.ppflow.eval.images.RelabelledImages;

/**
 * Samples whose classes are counted as the reference counts its own. A source numbers the classes that it has, so that of a folder with some of them alone the numbers are others: they
 * are matched by their names, then by the numbers that the names are; as many others are taken in their order.
 *
 * @param images the samples; without labels where their classes are none of the reference's
 * @param note what a reader should know of it
 */
record MatchedClasses(ImageSource images, Optional<String> note) {
    private static final int LISTED = 5;

    /**
     * Matches.
     *
     * @param reference names of its classes, by label; empty where it has none, and nothing is matched
     */
    static MatchedClasses of(List<String> reference, ImageSource samples) {
        List<String> names = samples.classNames();
        if (reference.isEmpty() || names.isEmpty() || samples.labels().isEmpty() || names.equals(reference)) {
            return new MatchedClasses(samples, Optional.empty());
        }
        Optional<int[]> places = places(names, reference);
        if (places.isPresent()) {
            int[] labels = samples.labels().get().clone();
            Arrays.setAll(labels, i -> places.get()[labels[i]]);
            return new MatchedClasses(new RelabelledImages(samples, Optional.of(labels), reference), Optional.empty());
        }
        String both = samples.name() + ": its classes (" + listed(names) + ") are not called as the reference's ("
                + listed(reference) + ")";
        if (names.size() == reference.size()) {
            return new MatchedClasses(samples, Optional.of(both + ", and were taken for them in this order"));
        }
        return new MatchedClasses(
                new RelabelledImages(samples, Optional.empty(), List.of()),
                Optional.of(both + ", so nothing is said of how labels agree; name the folders alike"));
    }

    /** Label of each name among the reference's; empty where one has none. */
    private static Optional<int[]> places(List<String> names, List<String> reference) {
        int[] byName = names.stream().mapToInt(reference::indexOf).toArray();
        if (Arrays.stream(byName).allMatch(place -> place >= 0)) {
            return Optional.of(byName);
        }
        boolean numbers = names.stream().allMatch(name -> name.matches("\\d{1,9}"));
        if (!numbers) {
            return Optional.empty();
        }
        int[] byNumber = names.stream().mapToInt(Integer::parseInt).toArray();
        return Arrays.stream(byNumber).allMatch(number -> number < reference.size())
                ? Optional.of(byNumber)
                : Optional.empty();
    }

    private static String listed(List<String> names) {
        return names.stream().limit(LISTED).collect(Collectors.joining(", ")) + (names.size() > LISTED ? ", …" : "");
    }
}
