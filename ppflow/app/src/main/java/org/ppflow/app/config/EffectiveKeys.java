package org.ppflow.app.config;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Which keys of a config change nothing, given the others: a plan that showed them would make a reader wonder. */
public final class EffectiveKeys {
    private EffectiveKeys() {}

    /** The config as YAML without those keys; what is left out is named in a comment. It reads back as the same config. */
    public static String yaml(ExperimentConfig config) {
        ObjectNode tree = ConfigReader.toTree(config);
        List<String> idle = idle(config);
        for (String path : idle) {
            int dot = path.indexOf('.');
            if (dot < 0) {
                tree.remove(path);
            } else {
                ((ObjectNode) tree.get(path.substring(0, dot))).remove(path.substring(dot + 1));
            }
        }
        String note = idle.isEmpty() ? "" : "# Without effect here, and left out: " + String.join(", ", idle) + "\n";
        return note + ConfigReader.toYaml(tree);
    }

    private static List<String> idle(ExperimentConfig config) {
        List<String> idle = new ArrayList<>();
        boolean latents = config.data().encoded().isPresent();
        if (latents) {
            idle.addAll(List.of("data.size", "data.codec", "data.storage", "data.holdout", "data.mirror"));
        } else {
            idle.addAll(List.of("data.latent", "data.autoencoder"));
            if (config.data().files().isEmpty()) {
                idle.addAll(List.of("data.classes", "data.mirror"));
            }
        }
        if (config.evaluation().byNetwork()) {
            idle.add("classifier");
        } else {
            idle.addAll(List.of("evaluation.network", "evaluation.reference", "evaluation.protocols"));
        }
        if (config.init().fromScratch()) {
            idle.add("init");
        }
        if (config.watch().every() == 0) {
            idle.add("watch");
        }
        idle.add(config.sampling().sde().method() == SdeConfig.Method.NONE ? "sampling.sde" : "sampling.solver");
        // What the keys do not say is a default; another value would be lost.
        idle.removeIf(path -> !ConfigPath.get(ConfigReader.toTree(config), path)
                .equals(ConfigPath.get(ConfigReader.defaults(), path)));
        return idle;
    }
}
