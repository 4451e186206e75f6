package org.ppflow.eval.protocol;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ppflow.eval.images.ImageBatch;
import org.ppflow.eval.images.ImageSource;
import org.ppflow.eval.images.PictureKey;
import org.ppflow.eval.images.WatchedImages;
import org.ppflow.eval.preflight.Finding;
import org.ppflow.eval.preflight.Preflight;
import org.ppflow.eval.preflight.PreflightMemo;
import org.ppflow.eval.preflight.PreflightReport;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.files.Sha256;
import org.ppflow.nn.progress.Progress;

/**
 * What a set is, known before the network runs: for pictures that lie somewhere by reading them, for pictures that are made while they are read by what
 * makes them; those are looked at as they pass.
 */
final class SetContent implements AutoCloseable {
    private final ImageSource images;
    private final String content;
    private final PreflightMemo memo;
    private Optional<PreflightReport> report;
    private @Nullable Preflight passing;
    private long passed;

    private SetContent(ImageSource images, String content, PreflightMemo memo, Optional<PreflightReport> report) {
        this.images = images;
        this.content = content;
        this.memo = memo;
        this.report = report;
    }

    /**
     * Looks at a set.
     *
     * @param maker the code, which pictures that are made while they are read depend on too
     */
    static SetContent of(ImageSource images, PreflightMemo memo, String maker, Progress progress) throws IOException {
        if (!images.madeWhileRead()) {
            PreflightReport report = memo.of(images, progress);
            return new SetContent(images, report.contentHash(), memo, Optional.of(report));
        }
        return new SetContent(images, Sha256.of(images.identity().text() + "\n" + maker), memo, memo.find(images));
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

    /**
     * The source for the network's pass. Pictures that were looked at must be the same still, since their features are kept under the hash of those; others
     * are looked at on their way.
     */
    ImageSource watched() {
        if (!images.madeWhileRead()) {
            long[] keys = report.orElseThrow().keys();
            return new WatchedImages(images, (first, batch) -> requireSame(first, batch, keys));
        }
        if (report.isPresent() || passing != null) {
            return images;
        }
        Preflight looking = new Preflight(images.name(), images.shape());
        passing = looking;
        return new WatchedImages(images, (first, batch) -> {
            looking.add(batch);
            passed += batch.count();
        });
    }

    private void requireSame(long first, ImageBatch batch, long... keys) {
        for (int i = 0; i < batch.count(); i++) {
            long index = first + i;
            if (index < keys.length && PictureKey.of(batch, i) != keys[(int) index]) {
                throw BadInputException.at(images.name() + ", picture " + index)
                        .found("other pixels than when it was looked at")
                        .expected("pictures that stay as they are while they are scored")
                        .advice("start again when they are complete")
                        .build();
            }
        }
    }

    /** What the pixels told while they passed; kept where all did. Of those that an earlier start made, the features are there and the pixels gone. */
    List<Finding> afterwards() throws IOException {
        Preflight looked = passing;
        if (looked == null || passed != images.count()) {
            return List.of();
        }
        PreflightReport all = looked.report(images.labels());
        memo.keep(images, all);
        report = Optional.of(all);
        return all.findings();
    }

    @Override
    public void close() {
        if (passing != null) {
            passing.close();
        }
    }
}
