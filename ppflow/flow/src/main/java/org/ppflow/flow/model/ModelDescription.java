package org.ppflow.flow.model;

import java.util.ArrayList;
import java.util.List;
import org.ppflow.flow.level.LevelSchedule;
import org.ppflow.flow.level.PatchLevel;
import org.ppflow.flow.level.PatchSize;
import org.ppflow.flow.level.Representation;
import org.ppflow.flow.transport.Prediction;
import org.ppflow.flow.transport.ProbabilityPath;
import org.ppflow.flow.transport.Transport;
import org.ppflow.nn.errors.BadInputException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a file of weights cannot say by its tensors: network and schedule. Kept as JSON beside published checkpoints
 * ({@code NAME.config.json}) and in the metadata of our safetensors under {@value #METADATA_KEY}.
 *
 * @param config the network
 * @param schedule its levels
 * @param transport path, and what the network predicts on it
 */
public record ModelDescription(DitConfig config, LevelSchedule schedule, Transport transport) {
    /** Key of the JSON text in safetensors metadata. */
    public static final String METADATA_KEY = "ppflow.config";

    private static final String REPRESENTATION = "representation";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    public ModelDescription {
        schedule.requireTiles(config.height(), config.width());
        if (schedule.representation().isPyramid() && !transport.equals(Transport.DEFAULT)) {
            throw new IllegalArgumentException(
                    "transport: " + transport + ", where the stages of a pyramid are " + Transport.DEFAULT);
        }
    }

    /** Velocity on the linear path, as published. */
    public ModelDescription(DitConfig config, LevelSchedule schedule) {
        this(config, schedule, Transport.DEFAULT);
    }

    /** As one line of JSON. */
    public String toJson() {
        ObjectNode root = JSON.createObjectNode();
        putSchedule(root, schedule);
        root.put("hidden", config.hidden())
                .put("depth", config.depth())
                .put("heads", config.heads())
                .put("mlp_ratio", config.mlpRatio())
                .put("classes", config.classes())
                .put("class_dropout", config.classDropout())
                .put("channels", config.channels());
        root.putArray("latent").add(config.height()).add(config.width());
        root.put("learn_sigma", config.learnSigma())
                .put("level_embedding", config.levelTable())
                .put("position", config.alignment() == PositionAlignment.CENTRED ? "centred" : "top-left")
                .put("path", transport.path().toString())
                .put("prediction", transport.prediction().toString());
        return JSON.writeValueAsString(root);
    }

    static void putSchedule(ObjectNode root, LevelSchedule schedule) {
        root.put("schedule", schedule.name());
        root.remove(REPRESENTATION);
        if (schedule.representation() != Representation.PATCHES) {
            root.put(REPRESENTATION, schedule.representation().toString());
        }
        ArrayNode levels = root.putArray("levels");
        for (PatchLevel level : schedule.levels()) {
            ObjectNode node = levels.addObject();
            node.putArray("patch").add(level.patch().rows()).add(level.patch().columns());
            node.put("start", level.start()).put("end", level.end());
        }
    }

    /**
     * Reads the JSON.
     *
     * @param where named in errors
     * @throws BadInputException if a key is missing or its value cannot be
     */
    public static ModelDescription parse(String json, String where) {
        try {
            JsonNode root = JSON.readTree(json);
            List<PatchLevel> levels = new ArrayList<>();
            for (JsonNode level : required(root, "levels", where)) {
                JsonNode patch = required(level, "patch", where);
                levels.add(new PatchLevel(
                        new PatchSize(patch.path(0).asInt(), patch.path(1).asInt()),
                        required(level, "start", where).asDouble(),
                        required(level, "end", where).asDouble()));
            }
            JsonNode latent = required(root, "latent", where);
            DitConfig config = new DitConfig(
                    required(root, "channels", where).asInt(),
                    latent.path(0).asInt(),
                    latent.path(1).asInt(),
                    required(root, "depth", where).asInt(),
                    required(root, "hidden", where).asInt(),
                    required(root, "heads", where).asInt(),
                    required(root, "mlp_ratio", where).asInt(),
                    required(root, "classes", where).asInt(),
                    required(root, "class_dropout", where).asDouble(),
                    required(root, "learn_sigma", where).asBoolean(),
                    required(root, "level_embedding", where).asBoolean(),
                    "centred".equals(root.path("position").asString("top-left"))
                            ? PositionAlignment.CENTRED
                            : PositionAlignment.TOP_LEFT);
            Transport transport = new Transport(
                    constant(root.path("path").asString("linear"), ProbabilityPath.values()),
                    constant(root.path("prediction").asString("velocity"), Prediction.values()));
            LevelSchedule schedule = new LevelSchedule(
                    required(root, "schedule", where).asString(),
                    levels,
                    constant(
                            root.path(REPRESENTATION).asString(Representation.PATCHES.toString()),
                            Representation.values()));
            return new ModelDescription(config, schedule, transport);
        } catch (JacksonException | IllegalArgumentException e) {
            throw BadInputException.at(where)
                    .found("a model description that does not hold: " + told(e))
                    .expected(
                            "JSON with schedule, levels, hidden, depth, heads, mlp_ratio, classes, class_dropout, channels, "
                                    + "latent, learn_sigma, level_embedding")
                    .cause(e)
                    .build();
        }
    }

    private static <E extends Enum<E>> E constant(String name, E[] all) {
        for (E one : all) {
            if (one.toString().equals(name)) {
                return one;
            }
        }
        throw new IllegalArgumentException("'" + name + "' is none of " + List.of(all));
    }

    private static JsonNode required(JsonNode node, String key, String where) {
        JsonNode value = node.get(key);
        if (value == null) {
            throw BadInputException.at(where)
                    .found("no key '" + key + "'")
                    .expected("a model description with all keys")
                    .build();
        }
        return value;
    }

    /** Jackson speaks of its own methods; what a person wrote is between quotes. */
    private static String told(RuntimeException e) {
        String message = String.valueOf(e.getMessage());
        return e instanceof JacksonException
                ? message.replaceFirst(
                        "(?s).*cannot coerce value (.*?) to `(\\w+)`.*", "the value $1 in the place of $2")
                : message;
    }
}
