package org.ppflow.eval.protocol;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.ppflow.eval.cache.CacheEntries;
import org.ppflow.eval.extraction.FeatureExtraction;
import org.ppflow.eval.extraction.FeatureSet;
import org.ppflow.eval.extraction.LazyNetwork;
import org.ppflow.eval.feature.FeatureNetwork;
import org.ppflow.eval.images.ImageSource;
import org.ppflow.eval.preflight.Finding;
import org.ppflow.eval.preflight.PreflightMemo;
import org.ppflow.eval.preflight.PreflightReport;
import org.ppflow.eval.preflight.SampleSize;
import org.ppflow.eval.reference.StoredStatistics;
import org.ppflow.eval.rows.FeatureRows;
import org.ppflow.nn.progress.Progress;

/**
 * Scores samples against a reference: looks at the pixels, takes features once, applies the protocols, keeps all of it. What was done before for the same
 * content, network and options is not done again: not the reading, not the network, not the metrics.
 *
 * <p>Memory: that of the network and of one protocol at a time; rows are on disk.
 */
public final class Evaluator {
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

        /** What the Fréchet distance of its features is called. */
        String distance() {
            return new MetricNames(network.identity().kind()).frechetName();
        }

        boolean adm() {
            return protocols.contains(AdmProtocol.NAME);
        }

        /** The classifier where it has something to say: labels agree in the protocol {@code exact}, and only where there are some. */
        Optional<LazyNetwork> classifierOf(ImageSource samples) {
            return protocols.contains(ExactProtocol.NAME) && samples.labels().isPresent()
                    ? classifier
                    : Optional.empty();
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
     * @param reference pictures, statistics of them, or both
     * @param given pictures, the samples; statistics that their file holds are what the protocol {@code adm} takes Fréchet distances of
     * @throws org.ppflow.nn.errors.BadInputException if pictures are such that every number would be wrong, or the sets do not fit
     */
    public Outcome evaluate(SetSource reference, SetSource given) throws IOException {
        MatchedClasses matched = MatchedClasses.of(
                reference.images().map(ImageSource::classNames).orElse(List.of()), given.requirePictures());
        ImageSource pictures = matched.images();
        SetSource samples = new SetSource(given.name(), Optional.of(pictures), given.statistics());
        if (reference.images().isPresent()) {
            int k = setting.options().nearestK();
            SetChecks.requireNeighbours(
                    reference.name(), reference.images().get().count(), k);
            SetChecks.requireNeighbours(samples.name(), pictures.count(), k);
        }
        requireShapes(reference, pictures);
        try (ComparedSets sets = new ComparedSets(reference, pictures, memo, Origin.code(), progress)) {
            Set<Finding> findings = sets.findings(
                    setting.distance(), setting.adm() ? setting.options().splitSize() : 0);
            PreflightReport.requireNoError(List.copyOf(findings));
            findings.forEach(told);
            Origin origin = new Origin(
                    setting,
                    reference,
                    sets.reference().map(SetContent::content).orElse("none"),
                    samples,
                    sets.samples().content());
            String key = origin.key();
            Optional<String> known = results.find(key);
            if (known.isPresent()) {
                return new Outcome(Evaluation.parse(known.get()), known.get(), true);
            }
            requireKnownLabels(pictures);
            Set<Finding> said = new LinkedHashSet<>();
            FeatureExtraction extraction = new FeatureExtraction(
                    setting.network(), progress, network -> requireFits(network, reference, samples, said));
            Optional<FeatureSet> images = sets.reference().isPresent()
                    ? Optional.of(stored(
                            extraction,
                            sets.reference().get().watched(),
                            sets.reference().get()))
                    : Optional.empty();
            FeatureSet set = stored(extraction, watched(pictures, sets.samples()), sets.samples());
            sets.afterwards().stream().filter(findings::add).forEach(told);
            PreflightReport.requireNoError(List.copyOf(findings));
            Evaluation evaluation = score(
                    new Reference(reference.name(), images, reference.statistics()),
                    set,
                    samples.statistics(),
                    classified(pictures, sets.samples()),
                    findings,
                    matched);
            String json = evaluation.toJson(origin.provenance());
            results.keep(key, json);
            return new Outcome(evaluation, json, false);
        }
    }

    /** Of networks that are open already, before the pixels are looked at: what they refuse need not be warned of. */
    private void requireShapes(SetSource reference, ImageSource pictures) throws IOException {
        if (setting.network().isOpen()) {
            FeatureNetwork network = setting.network().get();
            reference.images().ifPresent(images -> network.requireShape(images.name(), images.shape()));
            network.requireShape(pictures.name(), pictures.shape());
        }
        Optional<LazyNetwork> classifier = setting.classifierOf(pictures).filter(LazyNetwork::isOpen);
        if (classifier.isPresent()) {
            classifier.get().get().requireShape(pictures.name(), pictures.shape());
        }
    }

    /** Scores pictures. */
    public Outcome evaluate(SetSource reference, ImageSource samples) throws IOException {
        return evaluate(reference, SetSource.of(samples));
    }

    /** Features of a share of the samples alone, for an evaluation that several machines share. Returns how many. */
    public int share(ImageSource samples, int index, int count) throws IOException {
        try (SetContent scored = content(samples)) {
            scored.findings().forEach(told);
            PreflightReport.requireNoError(scored.findings());
            return new FeatureExtraction(setting.network(), progress)
                    .share(watched(samples, scored), scored.content(), setting.cache(), index, count);
        }
    }

    /** Features of all pictures of a source, on disk. */
    public FeatureSet features(ImageSource images) throws IOException {
        return features(images, network -> {});
    }

    /**
     * Features of all pictures of a source, on disk.
     *
     * @param before sees the network where it is to run, and may refuse it
     */
    public FeatureSet features(ImageSource images, Consumer<FeatureNetwork> before) throws IOException {
        try (SetContent content = content(images)) {
            List<Finding> findings = new ArrayList<>(content.findings());
            PreflightReport.requireNoError(findings);
            FeatureSet set =
                    stored(new FeatureExtraction(setting.network(), progress, before), content.watched(), content);
            findings.addAll(content.afterwards());
            findings.forEach(told);
            PreflightReport.requireNoError(findings);
            return set;
        }
    }

    private SetContent content(ImageSource images) throws IOException {
        return SetContent.of(images, memo, Origin.code(), progress);
    }

    private FeatureSet stored(FeatureExtraction extraction, ImageSource images, SetContent content) throws IOException {
        return extraction.stored(images, content.content(), setting.cache());
    }

    /** The samples for the pass of the network; pictures that would have to be made twice pass the classifier too. */
    private ImageSource watched(ImageSource samples, SetContent scored) throws IOException {
        Optional<LazyNetwork> classifier = setting.classifierOf(samples)
                .filter(other -> !other.identity().equals(setting.network().identity()));
        ImageSource watched = scored.watched();
        return classifier.isPresent() && samples.madeWhileRead()
                ? new FeatureExtraction(classifier.get(), progress).beside(watched, scored.content(), setting.cache())
                : watched;
    }

    private Optional<FeatureRows> classified(ImageSource samples, SetContent scored) throws IOException {
        Optional<LazyNetwork> classifier = setting.classifierOf(samples);
        return classifier.isPresent()
                ? Optional.of(stored(new FeatureExtraction(classifier.get(), progress), scored.watched(), scored)
                        .probabilities())
                : Optional.empty();
    }

    /** Before hours of another network's pass. */
    private void requireKnownLabels(ImageSource samples) throws IOException {
        Optional<LazyNetwork> classifier = setting.classifierOf(samples);
        if (classifier.isPresent()) {
            SetChecks.requireLabels(
                    samples.name(),
                    classifier.get().get().classes(),
                    samples.labels().orElseThrow());
        }
    }

    /** What can be said before hours of a network's pass: statistics of another network, and too few pictures for its features. */
    private void requireFits(FeatureNetwork network, SetSource reference, SetSource samples, Set<Finding> said) {
        int features = network.featureSize();
        int spatial = network.spatialSize();
        SetChecks.requireSizes(reference.name(), reference.statistics(), features, spatial);
        if (setting.adm()) {
            SetChecks.requireSizes(samples.name(), samples.statistics(), features, spatial);
        }
        for (SetSource set : List.of(reference, samples)) {
            if (set.statistics().isEmpty() && set.images().isPresent()) {
                SampleSize.ofReference(
                                set.name(), set.images().get().count(), setting.distance(), Math.max(features, spatial))
                        .stream()
                        .filter(said::add)
                        .forEach(told);
            }
        }
    }

    /** Applies the protocols to sets at hand. */
    private Evaluation score(
            Reference reference,
            FeatureSet samples,
            Optional<StoredStatistics> own,
            Optional<FeatureRows> classified,
            Collection<Finding> findings,
            MatchedClasses matched) {
        List<ProtocolResult> protocols = new ArrayList<>();
        List<ClassRow> classes = List.of();
        Set<String> notes = new LinkedHashSet<>();
        findings.forEach(finding -> notes.add(finding.text()));
        try (FactoredStatistics factored = new FactoredStatistics()) {
            for (String protocol : setting.protocols()) {
                boolean adm = protocol.equals(AdmProtocol.NAME);
                Scores scores = adm
                        ? new AdmProtocol(setting.options()).evaluate(reference, samples, own, factored, progress)
                        : new ExactProtocol(setting.options())
                                .evaluate(reference, samples, classified, factored, progress);
                protocols.add(scores.result());
                // Those of exact, which have the agreement of labels, whatever the order.
                classes = adm && !classes.isEmpty() ? classes : scores.classes();
                notes.addAll(scores.notes());
            }
        }
        boolean agreement = setting.classifier().isPresent();
        if (agreement && matched.note().isPresent()) {
            notes.add(matched.note().get());
        } else if (agreement && samples.labels().isEmpty()) {
            notes.add(
                    samples.name() + ": no classes are known, so nothing is said of how labels agree; give arr_1 beside"
                            + " the pictures, or a folder a class");
        }
        return new Evaluation(protocols, classes, List.copyOf(notes));
    }
}
