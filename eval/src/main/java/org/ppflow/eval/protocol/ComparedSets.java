package org.ppflow.eval.protocol;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ppflow.eval.images.ImageSource;
import org.ppflow.eval.preflight.Finding;
import org.ppflow.eval.preflight.PreflightMemo;
import org.ppflow.eval.preflight.PreflightReport;
import org.ppflow.eval.preflight.SampleSize;
import org.ppflow.nn.progress.Progress;

/** Reference and samples as they are before the network runs, and what is doubtful about them, each by itself and both together. */
final class ComparedSets implements AutoCloseable {
    private final SetSource source;
    private final ImageSource pictures;
    private final Optional<SetContent> reference;
    private final SetContent samples;

    /**
     * Looks at both.
     *
     * @param maker the code, as {@link SetContent#of} has it
     */
    ComparedSets(SetSource source, ImageSource pictures, PreflightMemo memo, String maker, Progress progress)
            throws IOException {
        this.source = source;
        this.pictures = pictures;
        this.reference = source.images().isPresent()
                ? Optional.of(SetContent.of(source.images().get(), memo, maker, progress))
                : Optional.empty();
        this.samples = SetContent.of(pictures, memo, maker, progress);
    }

    /** The reference's pictures, where there are some. */
    Optional<SetContent> reference() {
        return reference;
    }

    SetContent samples() {
        return samples;
    }

    /**
     * What is doubtful about them.
     *
     * @param distance name of the Fréchet distance
     * @param splitSize pictures of a chunk of the Inception Score; 0 where it is not taken over chunks
     */
    Set<Finding> findings(String distance, int splitSize) {
        Set<Finding> findings =
                new LinkedHashSet<>(reference.map(SetContent::findings).orElse(List.of()));
        findings.addAll(samples.findings());
        source.images()
                .flatMap(other -> PreflightReport.otherResolution(
                        pictures.name(), pictures.shape(), source.name(), other.shape()))
                .ifPresent(findings::add);
        findings.addAll(together());
        findings.addAll(SampleSize.findings(pictures.name(), pictures.count(), distance, 0, splitSize));
        return findings;
    }

    private List<Finding> together() {
        return samples.report()
                .flatMap(own -> reference.flatMap(SetContent::report).map(own::against))
                .orElse(List.of());
    }

    /** What samples told that were looked at while they passed, and how they go with the reference. */
    List<Finding> afterwards() throws IOException {
        List<Finding> findings = new ArrayList<>(samples.afterwards());
        findings.addAll(together());
        return findings;
    }

    @Override
    public void close() {
        samples.close();
        reference.ifPresent(SetContent::close);
    }
}
