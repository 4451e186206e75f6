package org.ppflow.flow.model;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.ppflow.flow.level.LevelSchedule;
import org.ppflow.flow.level.NamedSchedules;
import org.ppflow.flow.level.PatchLevel;
import org.ppflow.flow.level.PatchSize;
import org.ppflow.flow.level.Representation;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.weights.TensorFile;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Finds out which network a file of weights is for. Sizes are read off the tensors. Heads and schedule, which tensors do not say,
 * come from the first of: a config that is given; {@code NAME.config.json} beside the file, which must not say otherwise than the next; safetensors metadata; the
 * {@code args} of a training checkpoint; the published networks of this hidden size; the experiment that starts from it; the published
 * networks of this number of levels.
 */
public final class ModelIdentification {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final List<String> SUFFIXES = List.of(".safetensors.index.json", ".safetensors", ".pt", ".npz");
    private static final String MODEL_ARGUMENT = "args.model";
    private static final String LEVELS_ARGUMENT = "args.patch_level";

    private ModelIdentification() {}

    /**
     * Identifies.
     *
     * @param file weights
     * @param config JSON with the keys of {@link ModelDescription#toJson()}; those left out are read off the tensors
     * @param schedule levels in place of those found, where tensors and the rest do not say; same count as in the tensors
     * @throws BadInputException if nothing says heads or schedule, or what says them contradicts the tensors
     */
    public static IdentifiedModel identify(TensorFile file, Optional<Path> config, Optional<LevelSchedule> schedule)
            throws IOException {
        return identify(file, config, schedule, Optional.empty());
    }

    /**
     * Identifies weights that an experiment starts from.
     *
     * @param expected what they are taken to be for; heads, height and width, and levels are its own where nothing else says them and the tensors allow them
     * @throws BadInputException if what the file says contradicts its tensors, or nothing says what it is for
     */
    public static IdentifiedModel identify(TensorFile file, ModelDescription expected) throws IOException {
        return identify(file, Optional.empty(), Optional.empty(), Optional.of(expected));
    }

    private static IdentifiedModel identify(
            TensorFile file,
            Optional<Path> config,
            Optional<LevelSchedule> schedule,
            Optional<ModelDescription> expected)
            throws IOException {
        TensorSizes sizes = TensorSizes.of(file);
        ObjectNode known = fromTensors(sizes);
        Path beside = config.orElseGet(() -> configBeside(file.path()));
        Optional<String> metadata = Optional.ofNullable(file.metadata().get(ModelDescription.METADATA_KEY));
        if (config.isPresent() || Files.isRegularFile(beside)) {
            if (config.isEmpty() && metadata.isPresent()) {
                requireAgreement(file, beside, metadata.get());
            }
            known.setAll(object(read(beside), beside.toString()));
            return finish(file, sizes, known, schedule, expected, beside.toString());
        }
        if (metadata.isPresent()) {
            known.setAll(object(metadata.get(), file.path() + ": " + ModelDescription.METADATA_KEY));
            return finish(file, sizes, known, schedule, expected, "its metadata");
        }
        Optional<ModelSize> named = sizeByArguments(file.metadata(), sizes);
        if (named.isPresent()) {
            known.put("heads", named.get().heads());
            return finish(file, sizes, known, schedule, expected, "the checkpoint's args (" + named.get() + ")");
        }
        return finish(file, sizes, known, schedule, expected, "the published networks");
    }

    /** A config beside a file that says itself what it is may be that of another with the same name: what they both say must be the same. */
    private static void requireAgreement(TensorFile file, Path beside, String metadata) throws IOException {
        ObjectNode said = object(read(beside), beside.toString());
        ObjectNode own = object(metadata, file.path() + ": " + ModelDescription.METADATA_KEY);
        List<String> differing = said.propertyNames().stream()
                .filter(own::has)
                .filter(key -> !said.get(key).equals(own.get(key)))
                .sorted()
                .toList();
        if (!differing.isEmpty()) {
            throw BadInputException.at(file.path().toString())
                    .found(beside + " beside it, which says otherwise than its metadata: "
                            + differing.stream()
                                    .map(key -> key + " " + said.get(key) + ", not " + own.get(key))
                                    .collect(Collectors.joining("; ")))
                    .expected("a config of these weights, or none")
                    .advice("move " + beside.getFileName()
                            + " away, which may belong to another file, or say by --config what holds")
                    .build();
        }
    }

    /** Where the config of a file of weights lies. */
    public static Path configBeside(Path weights) {
        String name = weights.getFileName().toString();
        for (String suffix : SUFFIXES) {
            if (name.endsWith(suffix)) {
                return weights.resolveSibling(name.substring(0, name.length() - suffix.length()) + ".config.json");
            }
        }
        return weights.resolveSibling(name + ".config.json");
    }

    private static IdentifiedModel finish(
            TensorFile file,
            TensorSizes sizes,
            ObjectNode known,
            Optional<LevelSchedule> schedule,
            Optional<ModelDescription> expected,
            String origin) {
        String where = file.path().toString();
        if (!known.has("heads")) {
            int heads = ModelSize.ofHidden(sizes.hidden())
                    .map(ModelSize::heads)
                    .or(() -> expected.map(model -> model.config().heads()))
                    .orElseThrow(() -> BadInputException.at(where)
                            .found("hidden size " + sizes.hidden() + ", and nothing says how many heads that is")
                            .expected("a published size (384, 768, 1024, 1152), or a config")
                            .advice(
                                    "give --config FILE with {\"heads\": …, \"schedule\": …}, or put it beside the weights as "
                                            + configBeside(file.path()).getFileName())
                            .build());
            known.put("heads", heads);
        }
        if (!known.has("latent")) {
            expected.map(ModelDescription::config)
                    .filter(model -> sizes.tile(model.height(), model.width()))
                    .ifPresent(model ->
                            known.putArray("latent").add(model.height()).add(model.width()));
        }
        if (!known.has("latent")) {
            throw BadInputException.at(where)
                    .found(sizes.tokens() + " tokens, which are no square latent, and nothing says height and width")
                    .expected("a config with \"latent\": [height, width]")
                    .advice("give --config FILE")
                    .build();
        }
        boolean levelsUnknown = !known.has("levels");
        if (levelsUnknown || (schedule.isPresent() && schedule.get().count() == sizes.levels())) {
            String asked = known.path("schedule").asString("");
            LevelSchedule chosen =
                    schedule.orElseGet(() -> LevelSchedule.presets().containsKey(asked)
                            ? LevelSchedule.preset(asked)
                            : known(sizes, expected, where));
            ModelDescription.putSchedule(known, chosen);
        }
        ModelDescription description =
                ModelDescription.parse(JSON.writeValueAsString(known), where + " (" + origin + ")");
        if (description.schedule().count() != sizes.levels()) {
            throw BadInputException.at(where)
                    .found("position tables of " + sizes.levels() + " levels, and " + origin + " with "
                            + description.schedule().count())
                    .expected("the same number")
                    .advice("give the config of these weights, or a schedule of " + sizes.levels() + " levels")
                    .build();
        }
        return new IdentifiedModel(description, origin);
    }

    private static ObjectNode fromTensors(TensorSizes sizes) {
        ObjectNode known = JSON.createObjectNode();
        known.put("hidden", sizes.hidden())
                .put("depth", sizes.depth())
                .put("mlp_ratio", sizes.mlpRatio())
                .put("classes", sizes.labelRows() - 1)
                .put("class_dropout", ModelSize.CLASS_DROPOUT)
                .put("channels", sizes.channels())
                .put("learn_sigma", sizes.learnSigma())
                .put("level_embedding", sizes.levelTable());
        sizes.squareLatent()
                .ifPresent(side -> known.putArray("latent").add(side).add(side));
        return known;
    }

    /** The size that a checkpoint's args name, if it is that of the tensors. */
    private static Optional<ModelSize> sizeByArguments(Map<String, String> metadata, TensorSizes sizes) {
        String name = metadata.get(MODEL_ARGUMENT);
        if (name == null) {
            return Optional.empty();
        }
        String levels = metadata.getOrDefault(LEVELS_ARGUMENT, Integer.toString(sizes.levels()));
        return ModelSize.inName(name)
                .filter(size -> size.hidden() == sizes.hidden() && levels.equals(Integer.toString(sizes.levels())));
    }

    /** The published schedule, or the expected one, with as many levels as there are position tables, and the same numbers of tokens. */
    private static LevelSchedule known(TensorSizes sizes, Optional<ModelDescription> expected, String where) {
        PatchSize base = new PatchSize(sizes.basePatchRows(), sizes.basePatchColumns());
        if (sizes.levels() == 1) {
            return new LevelSchedule(LevelSchedule.SIT.name(), List.of(new PatchLevel(base, 0, 1)));
        }
        int finest = sizes.finestTokens();
        List<LevelSchedule> candidates = new ArrayList<>(NamedSchedules.builtIn());
        expected.map(ModelDescription::schedule).ifPresent(candidates::add);
        for (LevelSchedule schedule : candidates) {
            boolean fits = schedule.representation() == Representation.PATCHES
                    && schedule.count() == sizes.levels()
                    && schedule.finestPatch().equals(base);
            for (int level = 0; fits && level < schedule.count(); level++) {
                int merged = schedule.level(level).patch().area() / base.area();
                fits = sizes.tokens().get(level) * merged == finest;
            }
            if (fits) {
                return schedule;
            }
        }
        throw BadInputException.at(where)
                .found("levels of " + sizes.tokens() + " tokens, and nothing says where they begin and end")
                .expected("a published schedule "
                        + NamedSchedules.builtIn().stream()
                                .map(LevelSchedule::name)
                                .toList() + ", or a config")
                .advice("give --schedule or --config")
                .build();
    }

    private static String read(Path config) throws IOException {
        if (!Files.isRegularFile(config)) {
            throw BadInputException.at(config.toString())
                    .found(Files.isDirectory(config) ? "a folder" : "no such file")
                    .expected("a JSON object with heads and schedule")
                    .advice(
                            "leave --config out where NAME.config.json lies beside the weights, or the network is a published one")
                    .build();
        }
        try {
            return Files.readString(config);
        } catch (MalformedInputException e) {
            throw BadInputException.at(config.toString())
                    .found("bytes that are no text")
                    .expected("a JSON object with heads and schedule")
                    .cause(e)
                    .build();
        }
    }

    private static ObjectNode object(String json, String where) {
        @Nullable JsonNode node = null;
        try {
            node = JSON.readTree(json);
        } catch (JacksonException e) {
            throw BadInputException.at(where)
                    .found("a config that is not proper JSON (" + e.getOriginalMessage() + ")")
                    .expected("a JSON object with heads and schedule")
                    .cause(e)
                    .build();
        }
        if (node instanceof ObjectNode object) {
            return object;
        }
        throw BadInputException.at(where)
                .found("JSON that is no object")
                .expected("a JSON object with heads and schedule")
                .build();
    }
}
