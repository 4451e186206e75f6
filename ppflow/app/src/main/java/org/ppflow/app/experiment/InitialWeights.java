package org.ppflow.app.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ppflow.app.config.CellLink;
import org.ppflow.app.config.InitConfig;
import org.ppflow.app.console.Program;
import org.ppflow.flow.level.LevelSchedule;
import org.ppflow.flow.model.DitConfig;
import org.ppflow.flow.model.IdentifiedModel;
import org.ppflow.flow.model.ModelDescription;
import org.ppflow.flow.model.ModelFile;
import org.ppflow.flow.model.ModelIdentification;
import org.ppflow.flow.model.WarmStart;
import org.ppflow.flow.training.TrainingGraph;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.files.Sha256;
import org.ppflow.nn.weights.TensorFile;
import org.ppflow.nn.weights.TensorFiles;

/**
 * Sets the weights that a model's training starts from.
 *
 * @param init what the config says
 * @param model to be trained
 * @param seed of fresh weights and of a normal level table
 */
record InitialWeights(InitConfig init, ModelDescription model, long seed) {
    /** Keys of the config's model that say a number of the network. */
    private static final Set<String> MODEL_KEYS = Set.of("depth", "hidden", "heads", "mlp_ratio");

    /** Whether there is nothing to read, or a file to read it from. */
    boolean there() {
        return init.fromScratch() || Files.isReadable(Path.of(init.file()));
    }

    /**
     * Checks before the work that the file is there and for this network.
     *
     * @throws BadInputException naming what differs
     */
    void require() throws IOException {
        if (init.fromScratch()) {
            return;
        }
        if (CellLink.isLink(init)) {
            throw BadInputException.at("init." + kind() + ": " + init.file())
                    .found("a link to another experiment, in a config that is one experiment alone")
                    .expected("a file of weights")
                    .advice("links are for cells: write the config as 'cells: {NAME: {}}', and run it with '"
                            + Program.line("run") + "'")
                    .build();
        }
        Path path = Path.of(init.file());
        if (Files.isDirectory(path)) {
            throw BadInputException.at("init." + kind() + ": " + path)
                    .found("a folder")
                    .expected("a file of weights: .safetensors, .pt or .npz")
                    .advice("a run's lie in it as models/SCHEDULE/checkpoints/STEP/ema-DECAY.safetensors")
                    .build();
        }
        if (!Files.isReadable(path)) {
            throw BadInputException.at("init." + kind() + ": " + path)
                    .found("no such file")
                    .expected("weights: .safetensors, .pt or .npz")
                    .build();
        }
        try (TensorFile file = TensorFiles.open(path)) {
            describe(file);
        }
    }

    private String kind() {
        return init.sit().isEmpty() ? "ppflow" : "sit";
    }

    /** Changes when what training starts from does. */
    String hash() throws IOException {
        return init.fromScratch() ? "scratch" : Sha256.of(Path.of(init.file())) + init;
    }

    /**
     * Sets weights and averages; moments start at 0.
     *
     * @param scratch file that a warm start may write and that is removed again
     */
    void load(TrainingGraph graph, Path scratch) throws IOException {
        graph.initialize(seed);
        if (init.fromScratch()) {
            return;
        }
        try (TensorFile file = TensorFiles.open(Path.of(init.file()))) {
            ModelDescription start = describe(file);
            if (start.schedule().hasNetworkOf(model.schedule())) {
                graph.load(file);
                return;
            }
            WarmStart rule = new WarmStart(init.warmStart(), init.levelTable(), seed);
            ModelFile.write(scratch, Optional.of(model), rule.tensors(file, model));
        }
        try (TensorFile grown = TensorFiles.open(scratch)) {
            graph.load(grown);
        } finally {
            Files.deleteIfExists(scratch);
        }
    }

    private ModelDescription describe(TensorFile file) throws IOException {
        IdentifiedModel known = ModelIdentification.identify(file, model);
        ModelDescription found = known.description();
        boolean sit = !init.sit().isEmpty();
        try {
            ModelDescription grown = sit && !found.schedule().hasNetworkOf(model.schedule())
                    ? WarmStart.target(found, model.schedule(), model.config().levelTable())
                    : found;
            if (!grown.schedule().hasNetworkOf(model.schedule())) {
                throw BadInputException.at("init." + kind() + ": " + file.path())
                        .found(describe(grown.schedule()) + ", the config " + describe(model.schedule()))
                        .expected(
                                "a network of the schedule " + model.schedule().name())
                        .advice(
                                sit
                                        ? "take a schedule whose last level has the patches of the SiT"
                                        : "give the schedule its own config with weights of its levels; levels grow out of a SiT alone (init.sit)")
                        .build();
            }
            requireSame(grown.config(), file.path());
            if (!found.transport().equals(model.transport())) {
                throw new IllegalArgumentException(found.transport() + ", the config has " + model.transport());
            }
        } catch (IllegalArgumentException e) {
            throw BadInputException.at("init." + kind() + ": " + file.path())
                    .found(String.valueOf(e.getMessage()))
                    .expected(
                            sit
                                    ? "a SiT that " + model.schedule().name() + " can grow out of"
                                    : "a network of the schedule "
                                            + model.schedule().name())
                    .cause(e)
                    .build();
        }
        return found;
    }

    private static String describe(LevelSchedule schedule) {
        String kind = schedule.representation().isPyramid() ? " of a " + schedule.representation() : "";
        return "the levels " + ResultTable.levels(schedule) + kind;
    }

    private void requireSame(DitConfig found, Path file) {
        DitConfig wanted = model.config();
        String[] names = {
            "latent channels", "latent height", "latent width", "depth", "hidden", "heads", "mlp_ratio", "classes"
        };
        int[] there = {
            found.channels(),
            found.height(),
            found.width(),
            found.depth(),
            found.hidden(),
            found.heads(),
            found.mlpRatio(),
            found.classes()
        };
        int[] here = {
            wanted.channels(),
            wanted.height(),
            wanted.width(),
            wanted.depth(),
            wanted.hidden(),
            wanted.heads(),
            wanted.mlpRatio(),
            wanted.classes()
        };
        List<String> differences = new ArrayList<>();
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < names.length; i++) {
            if (there[i] != here[i]) {
                differences.add(names[i] + " " + there[i] + ", the config " + here[i]);
                if (MODEL_KEYS.contains(names[i])) {
                    keys.add("model." + names[i] + ": " + there[i]);
                }
            }
        }
        if (found.learnSigma() != wanted.learnSigma()) {
            differences.add("learn_sigma " + found.learnSigma() + ", the config " + wanted.learnSigma());
            keys.add("model.learn_sigma: " + found.learnSigma());
        }
        if (found.levelTable() != wanted.levelTable()) {
            differences.add(found.levelTable() ? "a level table, the config none" : "no level table, the config one");
            if (model.schedule().hasLevelTable()) {
                keys.add("model.level_embedding: " + found.levelTable());
            }
        }
        if (differences.isEmpty()) {
            return;
        }
        BadInputException.Builder refusal = BadInputException.at("init." + kind() + ": " + file)
                .found("a network that has " + String.join("; ", differences))
                .expected("weights of the network that the config describes");
        if (keys.size() == differences.size()) {
            refusal.advice("set " + String.join(" and ", keys) + ", or take other weights");
        }
        throw refusal.build();
    }
}
