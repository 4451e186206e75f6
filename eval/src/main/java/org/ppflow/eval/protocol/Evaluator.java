package org.ppflow.eval.protocol;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.ppflow.eval.cache.CacheEntries;
import org.ppflow.eval.extraction.FeatureExtraction;
import org.ppflow.eval.extraction.FeatureSet;
import org.ppflow.eval.extraction.LazyNetwork;
import org.ppflow.eval.images.ImageSource;
import org.ppflow.eval.preflight.Finding;
import org.ppflow.eval.preflight.PreflightMemo;
import org.ppflow.eval.preflight.PreflightReport;
import org.ppflow.eval.preflight.SampleSize;
import org.ppflow.eval.rows.FeatureRows;
import org.ppflow.nn.files.Sha256;
import org.ppflow.nn.progress.Progress;
import org.ppflow.nn.provenance.Machine;
import org.ppflow.nn.provenance.Toolkit;

/**
 * Scores samples against a reference: looks at the pixels, takes features once, applies the protocols, keeps all of it. What was done before for the same
 * content, network and options is not done again: not the reading, not the network, not the metrics.
 *
 * <p>Memory: that of the network and of one protocol at a time; rows are on disk.
 */
public final class Evaluator {
    /** Changes when a kept result would be another. */
    private static final String FORMAT = "evaluation 1";

    private final Setting setting;
    private final Progress progress;
    private final Consumer<Finding> told;
    private final PreflightMemo memo;
    private final CacheEntries results;

    /**
     * How sets are scored.
     *
     * @param network of features
     * @param classifier of the data set's own classes, for label agreement
     * @param protocols {@code adm}, {@code exact}, or both, in the order of reports
     * @param options of the protocols
     * @param cache folder of what is kept
     */
    public record Setting(
            LazyNetwork network,
            Optional<LazyNetwork> classifier,
            List<String> protocols,
            ScoringOptions options,
            Path cache) {
        public Setting {
            protocols = List.copyOf(new LinkedHashSet<>(protocols));
            if (protocols.isEmpty()
                    || !Set.of(AdmProtocol.NAME, ExactProtocol.NAME).containsAll(protocols)) {
                throw new IllegalArgumentException("protocols " + protocols + " must be of adm and exact");
            }
        }
    }

    /**
     * A finished evaluation.
     *
     * @param evaluation its numbers
     * @param json the same with its provenance
     * @param known whether it was there already
     */
    public record Outcome(Evaluation evaluation, String json, boolean known) {}

    /**
     * An evaluator.
     *
     * @param told hears findings of the pixels as soon as they are known, before a network runs
     */
    public Evaluator(Setting setting, Progress progress, Consumer<Finding> told) {
        this.setting = setting;
        this.progress = progress;
        this.told = told;
        this.memo = new PreflightMemo(new CacheEntries(setting.cache().resolve("preflight")));
        this.results = new CacheEntries(setting.cache().resolve("results"));
    }

    /**
     * Scores samples.
     *
     * @throws org.ppflow.nn.errors.BadInputException if pictures are such that every number would be wrong, or the sets do not fit
     */
    public Outcome evaluate(ReferenceSource reference, ImageSource samples) throws IOException {
        SetContent compared = reference.images().isPresent()
                ? SetContent.of(reference.images().get(), memo, progress)
                : SetContent.none();
        SetContent scored = SetContent.of(samples, memo, progress);
        List<Finding> findings = new ArrayList<>(compared.findings());
        findings.addAll(scored.findings());
        scored.report().ifPresent(own -> compared.report().ifPresent(other -> findings.addAll(own.against(other))));
        findings.addAll(SampleSize.findings(
                samples.name(),
                samples.count(),
                0,
                setting.protocols().contains(AdmProtocol.NAME)
                        ? setting.options().splitSize()
                        : 0));
        PreflightReport.requireNoError(findings);
        String key = key(reference, samples, compared, scored);
        Optional<String> known = results.find(key);
        if (known.isPresent()) {
            findings.forEach(told);
            return new Outcome(Evaluation.parse(known.get()), known.get(), true);
        }
        findings.forEach(told);
        FeatureExtraction extraction = new FeatureExtraction(setting.network(), progress);
        Optional<FeatureSet> images = reference.images().isPresent()
                ? Optional.of(extraction.stored(reference.images().get(), compared.content(), setting.cache()))
                : Optional.empty();
        FeatureSet set = extraction.stored(scored.observed(samples), scored.content(), setting.cache());
        for (Finding finding : scored.afterwards(samples, memo)) {
            told.accept(finding);
            findings.add(finding);
        }
        PreflightReport.requireNoError(findings);
        Optional<FeatureRows> classified = classified(samples, scored);
        Evaluation evaluation =
                score(new Reference(reference.name(), images, reference.statistics()), set, classified, findings);
        String json = evaluation.toJson(provenance(reference, samples, compared, scored));
        results.keep(key, json);
        return new Outcome(evaluation, json, false);
    }

    /** Features of a share of the samples alone, for an evaluation that several machines share. Returns how many. */
    public int share(ImageSource samples, int index, int count) throws IOException {
        SetContent scored = SetContent.of(samples, memo, progress);
        scored.findings().forEach(told);
        PreflightReport.requireNoError(scored.findings());
        return new FeatureExtraction(setting.network(), progress)
                .share(samples, scored.content(), setting.cache(), index, count);
    }

    /** Features of all pictures of a source, on disk. */
    public FeatureSet features(ImageSource images) throws IOException {
        SetContent content = SetContent.of(images, memo, progress);
        content.findings().forEach(told);
        PreflightReport.requireNoError(content.findings());
        return new FeatureExtraction(setting.network(), progress)
                .stored(content.observed(images), content.content(), setting.cache());
    }

    /** Applies the protocols to sets at hand. */
    private Evaluation score(
            Reference reference, FeatureSet samples, Optional<FeatureRows> classified, List<Finding> findings) {
        List<ProtocolResult> protocols = new ArrayList<>();
        List<ClassRow> classes = List.of();
        Set<String> notes = new LinkedHashSet<>();
        findings.forEach(finding -> notes.add(finding.text()));
        for (String protocol : setting.protocols()) {
            Scores scores = protocol.equals(AdmProtocol.NAME)
                    ? new AdmProtocol(setting.options()).evaluate(reference, samples, progress)
                    : new ExactProtocol(setting.options()).evaluate(reference, samples, classified, progress);
            protocols.add(scores.result());
            classes = scores.classes();
            notes.addAll(scores.notes());
        }
        return new Evaluation(protocols, classes, List.copyOf(notes));
    }

    private Optional<FeatureRows> classified(ImageSource samples, SetContent scored) throws IOException {
        if (setting.classifier().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new FeatureExtraction(setting.classifier().get(), progress)
                .stored(samples, scored.content(), setting.cache())
                .probabilities());
    }

    private String key(ReferenceSource reference, ImageSource samples, SetContent compared, SetContent scored) {
        List<String> parts = new ArrayList<>(
                List.of(FORMAT, toolkit(), setting.network().identity().toString()));
        setting.classifier()
                .ifPresent(classifier -> parts.add(classifier.identity().toString()));
        parts.addAll(List.of(reference.name(), compared.content(), reference.statisticsHash()));
        parts.add(labels(reference.images()));
        parts.addAll(List.of(samples.name(), scored.content(), labels(Optional.of(samples))));
        parts.addAll(List.of(setting.protocols().toString(), setting.options().toString()));
        return String.join("\n", parts);
    }

    private static String labels(Optional<ImageSource> images) {
        return images.flatMap(ImageSource::labels)
                .map(labels -> Sha256.of(java.util.Arrays.toString(labels)))
                .orElse("");
    }

    /** The code; of one that is being changed no result is kept for the next build. */
    private static String toolkit() {
        Toolkit toolkit = Toolkit.current();
        boolean changed =
                toolkit.git() == null || !Boolean.FALSE.equals(toolkit.git().dirty());
        return toolkit + (changed ? " built " + Toolkit.builtAt() : "");
    }

    private Map<String, String> provenance(
            ReferenceSource reference, ImageSource samples, SetContent compared, SetContent scored) {
        Map<String, String> origin = new LinkedHashMap<>();
        origin.put("reference", reference.name());
        origin.put("reference_content", compared.content());
        if (reference.statistics().isPresent()) {
            origin.put("reference_statistics", reference.statisticsHash());
        }
        origin.put("samples", samples.name());
        origin.put("samples_content", scored.content());
        origin.put("network", setting.network().identity().kind());
        origin.put("network_content", setting.network().identity().contentHash());
        setting.classifier()
                .ifPresent(known ->
                        origin.put("classifier_content", known.identity().contentHash()));
        origin.put("options", setting.options().toString());
        origin.put("toolkit", toolkit());
        Machine machine = Machine.current();
        origin.put("device", machine.processor() + ", " + machine.cores() + " cores");
        origin.put("java", machine.java());
        return origin;
    }
}
