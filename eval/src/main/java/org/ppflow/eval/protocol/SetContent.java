package org.ppflow.eval.protocol;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ppflow.eval.images.ImageShape;
import org.ppflow.eval.images.ImageSource;
import org.ppflow.eval.images.SourceIdentity;
import org.ppflow.eval.preflight.Finding;
import org.ppflow.eval.preflight.Preflight;
import org.ppflow.eval.preflight.PreflightMemo;
import org.ppflow.eval.preflight.PreflightReport;
import org.ppflow.nn.progress.Progress;

/**
 * What a set is, known before the network runs: for pictures that lie somewhere by reading them, for pictures that are made while they are read by what
 * makes them; those are looked at as they pass.
 */
final class SetContent {
    private final String content;
    private final Optional<PreflightReport> report;
    private @Nullable Observed observed;

    private SetContent(String content, Optional<PreflightReport> report) {
        this.content = content;
        this.report = report;
    }

    /** No pictures. */
    static SetContent none() {
        return new SetContent("none", Optional.empty());
    }

    static SetContent of(ImageSource images, PreflightMemo memo, Progress progress) throws IOException {
        if (!images.madeWhileRead()) {
            PreflightReport report = memo.of(images, progress);
            return new SetContent(report.contentHash(), Optional.of(report));
        }
        return new SetContent(images.identity().text(), memo.find(images));
    }

    /** A hash that changes with any pixel. */
    String content() {
        return content;
    }

    /** What the pixels told so far. */
    Optional<PreflightReport> report() {
        return report;
    }

    List<Finding> findings() {
        return report.map(PreflightReport::findings).orElse(List.of());
    }

    /** The source, looked at as it passes where it was not before. */
    ImageSource observed(ImageSource images) {
        if (report.isPresent()) {
            return images;
        }
        observed = new Observed(images, new Preflight(images.name(), images.shape()));
        return observed;
    }

    /** What the pixels told while they passed; kept where all did. */
    List<Finding> afterwards(ImageSource images, PreflightMemo memo) throws IOException {
        Observed passed = observed;
        if (passed == null) {
            return List.of();
        }
        try (Preflight preflight = passed.preflight()) {
            if (passed.seen != images.count()) {
                // Begun by an earlier start: those pictures are gone, their features are there.
                return List.of();
            }
            PreflightReport all = preflight.report(images.labels());
            memo.keep(images, all);
            return all.findings();
        }
    }

    /** A source whose pictures are shown to a preflight on their way. */
    private static final class Observed implements ImageSource {
        private final ImageSource images;
        private final Preflight preflight;
        private long seen;

        Observed(ImageSource images, Preflight preflight) {
            this.images = images;
            this.preflight = preflight;
        }

        Preflight preflight() {
            return preflight;
        }

        @Override
        public String name() {
            return images.name();
        }

        @Override
        public long count() {
            return images.count();
        }

        @Override
        public ImageShape shape() {
            return images.shape();
        }

        @Override
        public Optional<int[]> labels() {
            return images.labels();
        }

        @Override
        public SourceIdentity identity() {
            return images.identity();
        }

        @Override
        public boolean madeWhileRead() {
            return images.madeWhileRead();
        }

        @Override
        public void forEachBatch(long first, int batch, BatchConsumer consumer) throws IOException {
            images.forEachBatch(first, batch, pictures -> {
                preflight.add(pictures);
                seen += pictures.count();
                return consumer.accept(pictures);
            });
        }
    }
}
