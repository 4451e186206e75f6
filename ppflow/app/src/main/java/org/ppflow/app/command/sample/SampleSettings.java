package org.ppflow.app.command.sample;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.ppflow.app.sample.LatentDecoder;
import org.ppflow.flow.level.LevelSchedule;
import org.ppflow.flow.model.ModelDescription;
import org.ppflow.flow.sampling.OdeSolvers;
import org.ppflow.flow.sampling.SampleClasses;
import org.ppflow.flow.sampling.Sampler;
import org.ppflow.flow.sampling.SamplingMethod;
import org.ppflow.flow.sampling.SamplingPlan;
import org.ppflow.nn.files.Sha256;
import org.ppflow.nn.weights.TensorFiles;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Everything that samples depend on, as JSON: a sampling goes on from parts, or is finished, only where this is the same. */
final class SampleSettings {
    private SampleSettings() {}

    /**
     * The files that samples depend on, by their content.
     *
     * @param weights of the model
     * @param noise that they start from
     * @param guide weights of the weaker model
     */
    record Files(Source weights, Optional<Path> noise, Optional<Source> guide) {}

    /**
     * A network.
     *
     * @param weights its file
     * @param which part of a PyTorch checkpoint was asked for; empty for its own choice
     * @param description what it was taken to be, which options may say as well as the file
     */
    record Source(Path weights, String which, ModelDescription description) {
        ObjectNode toJson() throws IOException {
            ObjectNode node = JsonMapper.shared().createObjectNode();
            node.put("which", which);
            node.set("description", JsonMapper.shared().readTree(description.toJson()));
            ArrayNode hashes = node.putArray("sha256");
            for (Path file : TensorFiles.filesOf(weights)) {
                hashes.add(Sha256.of(file));
            }
            return node;
        }
    }

    /**
     * One line of JSON.
     *
     * @param which samples are drawn
     * @param arithmetic of the session and form of the output
     */
    static String toJson(
            Sampler sampler,
            Files files,
            LevelSchedule schedule,
            Optional<LatentDecoder> decoder,
            String which,
            String arithmetic)
            throws IOException {
        SamplingPlan plan = sampler.plan();
        ObjectNode settings = JsonMapper.shared().createObjectNode();
        settings.set("model", files.weights().toJson());
        settings.put("schedule", schedule.levels().toString())
                .put("seed", sampler.seed())
                .put("samples", which)
                .put("batch", sampler.batch())
                .put("classes", classes(sampler.classes()))
                .put("noise_sha256", hash(files.noise()))
                .put("solver", plan.method().name())
                .put(
                        "sde",
                        plan.method() instanceof SamplingMethod.Sde sde
                                ? sde.solver().toString()
                                : "")
                .put("points", plan.method().grid().points().size())
                .put("times_sha256", Sha256.of(plan.method().grid().points().toString()))
                .put("transport", plan.transport().toString())
                .put("guidance", plan.guidance().toString())
                .put("boundary", plan.boundary().toString())
                .put("arithmetic", arithmetic)
                .put(
                        "decoded_with",
                        decoder.map(known -> known.data().autoencoder() + " "
                                        + known.data().autoencoderSha256() + " "
                                        + known.data().scaling())
                                .orElse(""));
        OdeSolvers.extension(plan.method().name()).ifPresent(solver -> settings.put("solver_sha256", solver.sha256()));
        if (files.guide().isPresent()) {
            settings.set("autoguidance", files.guide().get().toJson());
        }
        return settings.toString();
    }

    private static String classes(SampleClasses classes) {
        return classes instanceof SampleClasses.Listed listed
                ? "listed " + Sha256.of(listed.labels().toString())
                : classes.toString();
    }

    private static String hash(Optional<Path> file) throws IOException {
        return file.isPresent() ? Sha256.of(file.get()) : "";
    }
}
