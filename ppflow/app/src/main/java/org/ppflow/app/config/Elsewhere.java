package org.ppflow.app.config;

import java.util.List;

/**
 * A key of an {@link ExperimentConfig} and what training scripts of other projects call it.
 *
 * @param path of the key; {@code []} stands for every entry of a list
 * @param note what differs beside the name, or empty
 * @param names that it has there
 */
record Elsewhere(String path, String note, List<String> names) {
    private static final String LENGTH = " (a training is as long as the images that it sees: ";

    /** Names of the scripts of DiT and SiT, of diffusers and of timm. Where a name is of several keys, the first is likeliest. */
    static final List<Elsewhere> ALL = List.of(
            of("training.learning_rate.peak", "lr", "max_lr", "base_lr"),
            of("classifier.learning_rate", "lr"),
            of("training.learning_rate.warmup_steps", "warmup", "lr_warmup_steps"),
            of("training.batch", "batch_size", "global_batch_size", "train_batch_size"),
            of("sampling.batch", "batch_size", "per_proc_batch_size"),
            of("classifier.batch", "batch_size"),
            new Elsewhere(
                    "training.images",
                    LENGTH + "steps × batch)",
                    List.of("steps", "num_steps", "train_steps", "max_steps", "max_train_steps", "iterations")),
            new Elsewhere(
                    "training.images",
                    LENGTH + "epochs × images of the data)",
                    List.of("epochs", "num_epochs", "num_train_epochs")),
            of("classifier.steps", "epochs", "num_epochs", "num_steps", "train_steps", "max_steps", "iterations"),
            of("training.weight_decay", "wd"),
            of("training.clip_norm", "max_grad_norm", "grad_clip", "clip_grad"),
            of("training.ema.decay", "ema_decay", "ema_rate"),
            of("training.accumulate", "gradient_accumulation_steps", "grad_accum", "accum_iter"),
            of("training.recompute", "gradient_checkpointing", "grad_checkpointing"),
            of("training.checkpoint_every", "ckpt_every", "save_every", "checkpointing_steps"),
            of("sampling.steps", "num_steps", "num_sampling_steps", "num_inference_steps", "nfe"),
            of("sampling.guidance", "cfg", "cfg_scale", "guidance_scale"),
            of("sampling.guidance_interval", "cfg_interval", "guidance_low", "guidance_high"),
            of("sampling.solver", "sampler", "sampling_method"),
            of("sampling.count", "num_samples", "n_samples", "num_fid_samples"),
            of("model.depth", "layers", "num_layers", "n_layer", "num_blocks"),
            of("model.hidden", "dim", "embed_dim", "hidden_dim", "hidden_size"),
            of("model.heads", "num_heads", "n_head"),
            of("model.class_dropout", "cfg_dropout", "label_dropout", "class_dropout_prob"),
            of("data.size", "image_size", "img_size", "resolution"),
            of("data.source", "data_path", "dataset", "train_data_dir"),
            of("data.codec", "vae"),
            of("data.classes", "num_classes"),
            of("schedules", "patch_size", "patch_sizes", "levels", "stages"),
            of("schedules[].levels", "stages"),
            of("schedules[].levels[].patch", "patch_size", "size"),
            new Elsewhere(
                    "init.sit",
                    " (weights to begin from; a run that was stopped goes on by the same command)",
                    List.of("ckpt", "pretrained", "resume", "resume_from", "resume_from_checkpoint")),
            of("runtime.precision", "mixed_precision", "amp"));

    private static Elsewhere of(String path, String... names) {
        return new Elsewhere(path, "", List.of(names));
    }

    /** Mapping that the key is in, as a path; empty for the whole config. */
    String section() {
        return ConfigPath.parent(path);
    }

    /** The key. */
    String key() {
        return ConfigPath.last(path);
    }
}
