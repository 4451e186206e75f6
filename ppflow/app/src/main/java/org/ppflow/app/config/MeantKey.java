package org.ppflow.app.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.ppflow.nn.errors.Nearest;

/**
 * Which key a person may have meant by one that is not there: one that differs by a slip, one that the scripts they come from call so, or one of another section.
 */
final class MeantKey {
    /**
     * A key and what training scripts of other projects call it.
     *
     * @param path in an {@link ExperimentConfig}
     * @param note what differs beside the name, or empty
     */
    record Elsewhere(String path, String note, List<String> names) {
        static Elsewhere of(String path, String... names) {
            return new Elsewhere(path, "", List.of(names));
        }
    }

    /** Names of the scripts of DiT and SiT, of diffusers and of timm. Of several, the key of the same section counts, else the first. */
    static final List<Elsewhere> ELSEWHERE = List.of(
            Elsewhere.of("training.learning_rate.peak", "max_lr", "base_lr"),
            Elsewhere.of("training.learning_rate", "lr"),
            Elsewhere.of("classifier.learning_rate", "lr"),
            Elsewhere.of("training.learning_rate.warmup_steps", "warmup", "warmup_steps", "lr_warmup_steps"),
            Elsewhere.of("training.batch", "batch_size", "global_batch_size", "train_batch_size"),
            Elsewhere.of("sampling.batch", "batch_size", "per_proc_batch_size"),
            Elsewhere.of("classifier.batch", "batch_size"),
            new Elsewhere(
                    "training.images",
                    " (a training is as long as the images that it sees: steps × batch)",
                    List.of("steps", "num_steps", "train_steps", "max_steps", "max_train_steps", "iterations")),
            new Elsewhere(
                    "training.images",
                    " (a training is as long as the images that it sees: epochs × images of the data)",
                    List.of("epochs", "num_epochs", "num_train_epochs")),
            Elsewhere.of("training.weight_decay", "wd"),
            Elsewhere.of("training.clip_norm", "max_grad_norm", "grad_clip", "clip_grad"),
            Elsewhere.of("training.ema.decay", "ema_decay", "ema_rate"),
            Elsewhere.of("training.accumulate", "gradient_accumulation_steps", "grad_accum", "accum_iter"),
            Elsewhere.of("training.recompute", "gradient_checkpointing", "grad_checkpointing"),
            Elsewhere.of("training.checkpoint_every", "ckpt_every", "save_every", "checkpointing_steps"),
            Elsewhere.of("sampling.steps", "num_steps", "num_sampling_steps", "num_inference_steps", "nfe"),
            Elsewhere.of("sampling.guidance", "cfg", "cfg_scale", "guidance_scale"),
            Elsewhere.of("sampling.guidance_interval", "cfg_interval", "guidance_low", "guidance_high"),
            Elsewhere.of("sampling.solver", "sampler", "method", "sampling_method"),
            Elsewhere.of("sampling.count", "num_samples", "n_samples", "num_fid_samples"),
            Elsewhere.of("model.depth", "layers", "num_layers", "n_layer", "num_blocks"),
            Elsewhere.of("model.hidden", "dim", "width", "embed_dim", "hidden_dim", "hidden_size"),
            Elsewhere.of("model.heads", "num_heads", "n_head"),
            Elsewhere.of("model.class_dropout", "dropout", "cfg_dropout", "label_dropout", "class_dropout_prob"),
            Elsewhere.of("data.size", "image_size", "img_size", "resolution"),
            Elsewhere.of("data.source", "path", "data_path", "dataset", "train_data_dir"),
            Elsewhere.of("data.codec", "vae"),
            Elsewhere.of("data.classes", "num_classes"),
            Elsewhere.of("schedules", "patch_size", "patch_sizes", "levels", "stages"),
            Elsewhere.of("init.sit", "ckpt", "pretrained", "resume_from"),
            Elsewhere.of("runtime.precision", "mixed_precision", "dtype", "amp"));

    private MeantKey() {}

    /**
     * What to say of an unknown key, if there is anything.
     *
     * @param path of the key, in an {@link ExperimentConfig}
     * @param known keys that there could be in its place
     */
    static Optional<String> about(String path, Collection<String> known) {
        String key = ConfigPath.last(path);
        String section = ConfigPath.parent(path);
        List<Elsewhere> others =
                ELSEWHERE.stream().filter(other -> other.names().contains(key)).toList();
        return others.stream()
                .filter(other -> ConfigPath.parent(other.path()).equals(section))
                .findFirst()
                .map(other -> "'" + ConfigPath.last(other.path()) + "'?" + other.note())
                .or(() -> Nearest.to(key, known).map(near -> "'" + near + "'?"))
                .or(() -> others.stream().findFirst().map(other -> "'" + other.path() + "'?" + other.note()))
                .or(() -> inAnotherSection(key).map(other -> "'" + other + "'?"))
                .map(meant -> "did you mean " + meant);
    }

    /** The path of a key that one section alone has. */
    private static Optional<String> inAnotherSection(String key) {
        List<String> paths = new ArrayList<>();
        KnownKeys.of(ExperimentConfig.class).forEach((section, type) -> {
            if (type instanceof Class<?> record && KnownKeys.of(record).containsKey(key)) {
                paths.add(ConfigPath.child(section, key));
            }
        });
        return paths.size() == 1 ? Optional.of(paths.get(0)) : Optional.empty();
    }
}
