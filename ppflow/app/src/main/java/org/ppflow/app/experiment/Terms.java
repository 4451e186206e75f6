package org.ppflow.app.experiment;

import java.util.ArrayList;
import java.util.List;
import org.ppflow.app.report.RunReport.Term;

/** The rows of the result table in plain words. */
final class Terms {
    private static final Term LEVELS = new Term(
            "levels",
            "How the latent is cut: patches of rows × columns up to a time t, then smaller ones. All levels share the transformer's"
                    + " blocks; each has its own projections.");
    private static final Term FLOPS = new Term(
            "FLOPs of levels",
            "Floating-point operations of one pass at each level, over those of a pass at the last level. Counted, not measured.");
    private static final Term SPEED = new Term(
            "training speed, sampling speed",
            "Images a second against the first model, measured in this run. The line below is what the operation counts alone"
                    + " promise; what is missing is the cost of everything that is no matrix product.");
    private static final Term SHARE = new Term(
            "training FLOPs, sampling FLOPs, % of SiT",
            "Floating-point operations over those of SiT: the same network with this model's finest patches all the way, for as many images and"
                    + " passes. Counted, not measured.");
    private static final Term NFE = new Term(
            "NFE",
            "Number of function evaluations for one sample: how often the solver asks for a velocity, and in brackets at which"
                    + " level. Guidance doubles the network passes, not this number.");

    private static final List<Term> CLASSIFIER = List.of(
            new Term(
                    "classifier-FD",
                    "Fréchet distance between samples and real pictures kept out of training, in the features of a small classifier that"
                            + " this run trained. Lower is better, 0 is equal. It is not FID: FID means Inception features, and the two"
                            + " numbers cannot be compared."),
            new Term(
                    "classifier-score",
                    "The Inception Score's formula on the classifier's probabilities: from 1 (every picture looks alike to it) to the number"
                            + " of classes (every picture is certain, all classes equally often)."),
            new Term(
                    "classifier-precision, classifier-recall",
                    "Share of samples that lie among the real pictures (do they look real?) and share of real pictures that lie among the"
                            + " samples (is anything missing?), by nearest neighbours (evaluation.nearest_k of them) in the classifier's features."),
            new Term(
                    "label agreement",
                    "Share of samples that the classifier gives the class that was asked for, with its standard error. The classifier's own"
                            + " accuracy on real pictures is below the table."));

    private static final List<Term> NETWORK = List.of(
            new Term(
                    "FID, sFID",
                    "Fréchet distance between samples and the reference in Inception's features: pooled over the picture, and with places"
                            + " (sFID). Lower is better, 0 is equal. It falls with the number of samples; published numbers have 50 000."),
            new Term(
                    "Inception Score",
                    "From 1 (every picture looks alike to the network) upwards: higher where each picture is certain to be something and all"
                            + " of them are many things."),
            new Term(
                    "precision, recall",
                    "Share of samples that lie among the reference's pictures (do they look real?) and share of those that lie among the"
                            + " samples (is anything missing?), by nearest neighbours (evaluation.nearest_k of them)."),
            new Term(
                    "exact",
                    "Rows without the word are computed as OpenAI's evaluator does it, which published numbers are of, roundings and order of"
                            + " pictures included; rows with it are the same metrics without these. Where one protocol ran alone, all rows"
                            + " are its own (evaluation.protocols)."));

    private Terms() {}

    /** Where the run's classifier scores. */
    static List<Term> ofClassifier(List<ModelPlan> plans) {
        return with(plans, CLASSIFIER);
    }

    /** Where a network scores. */
    static List<Term> ofNetwork(List<ModelPlan> plans) {
        return with(plans, NETWORK);
    }

    /** Of the rows that the table of these models has. */
    private static List<Term> with(List<ModelPlan> plans, List<Term> scores) {
        List<Term> terms = new ArrayList<>(List.of(LEVELS, FLOPS));
        if (plans.size() > 1) {
            terms.add(SPEED);
        }
        if (ShareOfSit.isTold(plans)) {
            terms.add(SHARE);
        }
        terms.add(NFE);
        terms.addAll(scores);
        return List.copyOf(terms);
    }
}
