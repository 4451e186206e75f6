package org.ppflow.app.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ppflow.data.codec.HaarCodec;
import org.ppflow.flow.level.Boundary;
import org.ppflow.flow.model.Packing;
import org.ppflow.flow.model.PositionAlignment;
import org.ppflow.flow.training.LearningRate;
import org.ppflow.flow.training.OnNotFinite;
import org.ppflow.flow.transport.LossWeight;
import org.ppflow.flow.transport.Prediction;
import org.ppflow.flow.transport.ProbabilityPath;
import org.ppflow.nn.session.Precision;

/** What a config means where it is silent: the one place that says so. */
public final class Defaults {
    /** All randomness follows from it. */
    public static final long SEED = 0;
    /** Digits that ship with the toolkit, as 4×16×16 latents; every fifth is kept out. */
    public static final DataConfig DATA = new DataConfig(
            DataConfig.EMBEDDED,
            32,
            HaarCodec.NAME,
            DataConfig.Storage.FLOAT32,
            new HoldoutConfig(5, 4),
            true,
            "",
            10,
            "");
    /** 1200 steps of 64 pictures. */
    public static final ClassifierConfig CLASSIFIER = new ClassifierConfig(1200, 64, 5e-3);
    /** 1.3 million parameters. */
    public static final ModelConfig MODEL = new ModelConfig(
            4, 128, 4, 4, false, 0.1, true, PositionAlignment.TOP_LEFT, ProbabilityPath.LINEAR, Prediction.VELOCITY);
    /** From scratch. */
    public static final InitConfig INIT = InitConfig.SCRATCH;
    /** 1876 steps of 48 images. */
    public static final TrainingConfig TRAINING = new TrainingConfig(
            90_048,
            48,
            new LearningRateConfig(3e-3, 50, 0.3, LearningRate.Decay.LINEAR),
            List.of(0.9, 0.999),
            1e-8,
            0,
            0,
            new EmaConfig(0.99, true, List.of(), List.of(), 0),
            LossWeight.NONE,
            Packing.LEVELS,
            false,
            1,
            OnNotFinite.END,
            400,
            2,
            0);
    /** Never; where it is asked for, 100 samples. */
    public static final WatchConfig WATCH = new WatchConfig(0, 100, false);
    /** 500 samples, 20 steps of Heun, guidance 2. */
    public static final SamplingConfig SAMPLING = new SamplingConfig(
            500,
            "heun",
            20,
            List.of(2.0),
            GuidanceChannels.ALL,
            List.of(0.0, 1.0),
            Boundary.HALF_OPEN,
            1,
            false,
            SdeConfig.NONE,
            16);
    /** By the run's classifier. */
    public static final EvaluationConfig EVALUATION = EvaluationConfig.byClassifier(3);
    /** Ten classes with two samples each at four guidance scales, and the paths of three samples. */
    public static final ReportConfig REPORT = new ReportConfig(10, 2, List.of(1.0, 1.5, 2.0, 4.0), 3, 21);
    /** A thread a core, float32. */
    public static final RuntimeConfig RUNTIME = new RuntimeConfig(0, Precision.FP32, false);

    private Defaults() {}

    /** Every key that may be left out, in the order in which configs are written. */
    static Map<String, Object> byKey() {
        Map<String, Object> sections = new LinkedHashMap<>();
        sections.put("seed", SEED);
        sections.put("data", DATA);
        sections.put("classifier", CLASSIFIER);
        sections.put("model", MODEL);
        sections.put("init", INIT);
        sections.put("training", TRAINING);
        sections.put("watch", WATCH);
        sections.put("sampling", SAMPLING);
        sections.put("evaluation", EVALUATION);
        sections.put("report", REPORT);
        sections.put("runtime", RUNTIME);
        return sections;
    }
}
