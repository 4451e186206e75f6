package org.ppflow.eval.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.ppflow.eval.images.ArrayImages;
import org.ppflow.eval.images.ImageBatch;
import org.ppflow.eval.images.RelabelledImages;

class MatchedClassesTest {
    private static final List<String> SHAPES = List.of("circle", "square", "triangle");
    private static final List<String> DIGITS = List.of("0", "1", "2", "3");

    @Test
    void someOfTheClasses_areFoundByTheirNames() {
        assertThat(labels(SHAPES, "square", "triangle")).hasValue(new int[] {1, 2});
        assertThat(labels(DIGITS, "1", "3")).hasValue(new int[] {1, 3});
        assertThat(labels(SHAPES, "triangle", "circle", "square")).hasValue(new int[] {2, 0, 1});
    }

    @Test
    void numbers_areLabels_whereTheReferenceHasOtherNames() {
        assertThat(labels(SHAPES, "0", "2")).hasValue(new int[] {0, 2});
        assertThat(labels(DIGITS, "01", "03")).hasValue(new int[] {1, 3});
    }

    @Test
    void asManyClassesByOtherNames_areTakenInTheirOrder_andSaidToBe() {
        MatchedClasses matched = match(SHAPES, "a", "b", "c");

        assertThat(matched.images().labels()).hasValue(new int[] {0, 1, 2});
        assertThat(matched.note().orElseThrow())
                .contains("its classes (a, b, c)", "the reference's (circle, square, triangle)", "in this order");
        assertThat(labels(SHAPES, "1", "2", "3")).hasValue(new int[] {0, 1, 2});
    }

    @Test
    void classesThatAreNoneOfTheReference_areNotKnown_andSaidNotToBe() {
        MatchedClasses matched = match(SHAPES, "square", "hexagon");

        assertThat(matched.images().labels()).isEmpty();
        assertThat(matched.note().orElseThrow())
                .contains("nothing is said of how labels agree", "name the folders alike");
        assertThat(labels(SHAPES, "1", "3")).isEmpty();
    }

    @Test
    void aReferenceWithoutNames_changesNothing() {
        assertThat(labels(List.of(), "square", "triangle")).hasValue(new int[] {0, 1});
    }

    @Test
    void whatALookTells_isNotTakenForThatOfOtherLabels() {
        RelabelledImages samples = samples("square", "triangle");

        assertThat(MatchedClasses.of(SHAPES, samples).images().identity()).isNotEqualTo(samples.identity());
    }

    private static Optional<int[]> labels(List<String> reference, String... names) {
        return match(reference, names).images().labels();
    }

    private static MatchedClasses match(List<String> reference, String... names) {
        return MatchedClasses.of(reference, samples(names));
    }

    /** A picture of each class, counted as a folder of them is. */
    private static RelabelledImages samples(String... names) {
        int[] labels = new int[names.length];
        Arrays.setAll(labels, i -> i);
        ImageBatch pixels = new ImageBatch(new byte[names.length], 1, 1, 1);
        return new RelabelledImages(new ArrayImages("samples", pixels), Optional.of(labels), List.of(names));
    }
}
