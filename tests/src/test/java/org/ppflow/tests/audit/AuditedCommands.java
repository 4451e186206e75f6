package org.ppflow.tests.audit;

import static org.ppflow.tests.audit.Kind.*;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the audit knows of the commands: a line that is right for each, and the kind of each argument. A command that is missing here, or an argument, fails the
 * audit. Names with an @ are in the {@link AuditFolder}.
 */
final class AuditedCommands {
    private static final String EVALUATE =
            "--network @network.pb --network-name tiny --input x --feature features --picture-size 12x12 --resize bilinear"
                    + " --scaling 0..1 --protocol exact --threads 1 --cache @cache --reference @reference.npz";
    private static final String LIVE =
            EVALUATE + " --weights @weights.safetensors --decode @dataset --count 20 --points 3";
    private static final String SAMPLE =
            "--weights @weights.safetensors --output @out.npz --count 4 --points 3 --threads 1";
    private static final String EXPERIMENT = "@config.yaml --runs @runs";

    /** By command, or by command and argument where that needs another line. Positional arguments come first. */
    private static final Map<String, String> LINES = new HashMap<>();

    /** By argument, or by command and argument. */
    private static final Map<String, Kind> KINDS = new HashMap<>();

    static {
        line("", "");
        line("quickstart", "--runs @runs");
        line("run", EXPERIMENT + " --cache @cache");
        line("run --cells", "@cells.yaml --runs @runs");
        line("train", EXPERIMENT);
        line("doctor", "");
        line("forward", "--weights @weights.safetensors --input @states.npz --output @out.npz --threads 1");
        line("weights inspect", "@weights.safetensors");
        line("weights convert", "@weights.safetensors @out.safetensors");
        line("weights warm-start", "@sit.safetensors @out.safetensors");
        line("weights ema", "@profiles @out.safetensors --width 0.1");
        line("weights diff", "@weights.safetensors @weights.safetensors");
        line("export", "--weights @weights.safetensors --saved-model @exported");
        line("sample", SAMPLE);
        line("sample CONFIG", EXPERIMENT);
        line("sample --set", EXPERIMENT);
        line("sample --runs", EXPERIMENT);
        for (String option : new String[] {"--diffusion", "--norm", "--last-step", "--last-step-size"}) {
            line("sample " + option, SAMPLE + " --sde euler");
            line("flops " + option, "--model S --sde euler");
            line("evaluate " + option, LIVE + " --sde euler");
        }
        line("sample --autoencoder", SAMPLE + " --decode @dataset");
        line("sample --autoguidance", SAMPLE + " --guidance 2");
        line("sample --autoguidance-which", SAMPLE + " --guidance 2 --autoguidance @weights.safetensors");
        line("sample --autoguidance-config", SAMPLE + " --guidance 2 --autoguidance @weights.safetensors");
        line("evaluate", EVALUATE + " --samples @samples.npz");
        for (String option : new String[] {
            "--weights",
            "--which",
            "--config",
            "--schedule",
            "--solver",
            "--points",
            "--align",
            "--shift",
            "--sde",
            "--path",
            "--prediction",
            "--eps",
            "--guidance",
            "--channels",
            "--guidance-interval",
            "--boundary",
            "--noise",
            "--count",
            "--seed",
            "--classes",
            "--reverse",
            "--decode",
            "--autoencoder",
            "--batch"
        }) {
            line("evaluate " + option, LIVE);
        }
        line("evaluate --autoguidance", LIVE + " --guidance 2");
        line("evaluate --autoguidance-which", LIVE + " --guidance 2 --autoguidance @weights.safetensors");
        line("evaluate --autoguidance-config", LIVE + " --guidance 2 --autoguidance @weights.safetensors");
        line("evaluate --nearest", EVALUATE + " --samples @samples.npz --nearest-grid @nearest.png");
        line("evaluate --nearest-grid", EVALUATE + " --samples @samples.npz --nearest 2");
        String making =
                EVALUATE.replace(" --reference @reference.npz", "") + " --spatial spatial --samples @samples.npz";
        line("evaluate --make-reference", making);
        line("evaluate --pictures", making + " --make-reference @made.npz");
        line("evaluate --overwrite", making + " --make-reference @made.npz");
        line("evaluate --crop", EVALUATE + " --samples @samples.npz");
        line("evaluate diff", "@evaluation.json --published 'PPF-B-2 7M'");
        line("likelihood", likelihood());
        line("flops", "--model S");
        line("bench encode", "--size 32 --batch 1 --repeats 1 --warmup 0 --precision fp32 --threads 1");
        line("bench evaluate", "--only frechet --features 16 --repeats 1");
        line("bench evaluate --network", "--only inception --size 32 --batch 1 --repeats 1");
        line("bench evaluate --network-form", "--only inception --size 32 --batch 1 --repeats 1");
        line("bench loader", "--rows 64 --batch 8 --latent 2x4x4 --repeats 1 --threads 1");
        line("bench loader --data", "--batch 8 --repeats 1 --threads 1");
        line("bench sample", "--schedule sit --latent 4x4x4 --batch 1 --repeats 1 --points 3 --threads 1");
        line("bench train", "--schedule sit --latent 4x4x4 --batch 2 --repeats 1 --warmup 0 --threads 1");
        line("data encode", "idx:@digits-images-idx3-ubyte --size 32 --output @encoded --threads 1");
        line("data encode --class-names", "@pictures --codec pixels --size 32 --output @encoded --threads 1");
        line("data info", "@dataset");
        line("data verify", "@dataset");
        line("data import", "@features --output @imported");
        line("data export", "@dataset --output @exported");
        line("table", "@table.yaml");
        for (int number : new int[] {1, 4, 5, 6, 7, 8}) {
            line("figure " + number, "--table @table.yaml --output @figure");
        }
        line("figure 9", "--output @figure");
        line("figure 10", "--output @figure");
        line("figure path", "--output @figure");
        line("sweep guidance", EXPERIMENT + " --schedule ppf-2 --count 10");
        line("sweep guidance --cell", "@cells.yaml --runs @runs --schedule ppf-2 --count 10");
        line("sweep cost", EXPERIMENT + " --schedule ppf-2 --count 10");
        line("sweep cost --cell", "@cells.yaml --runs @runs --schedule ppf-2 --count 10");

        line("report", "@run");
        line("notebook install", "--prefix @folder --remove");
        line("notebook run", "@notebook.ipynb --folder @folder --python @missing");
        line("config check", "@config.yaml");
        line("config show", "@config.yaml");
        line("config show --cell", "@cells.yaml");
        line("config schema", "");
        line("completion install", "--shell bash --folder @completions");
        line("completion print", "bash");

        kind(CONFIG, "config check FILE", "config show CONFIG");
        kind(OUT_FILE, "config schema --output");
        kind(NAME, "--shell", "completion print SHELL");
        kind(OUT_FOLDER, "completion install --folder", "notebook run --folder");
        kind(CONFIG, "run CONFIG", "sweep guidance CONFIG", "sweep cost CONFIG");
        kind(SINGLE_CONFIG, "train CONFIG", "sample CONFIG");
        kind(SET, "--set");
        kind(NAME, "--cells", "--cell");
        kind(OUT_FOLDER, "--runs", "run --records", "--saved-model", "data --output");
        kind(CACHE, "--cache");
        kind(WHOLE, "--threads", "--warmup", "--halvings");
        kind(COUNT, "data encode --decode-threads", "bench loader --threads");
        kind(JSON_OUT, "--json");
        kind(JSON_OUT_QUICK, "doctor --json", "weights inspect --json", "weights diff --json", "evaluate diff --json");
        kind(JSON_OUT_QUICK, "flops --json", "data info --json", "data verify --json", "table --json");
        kind(WEIGHTS, "--weights", "--autoguidance", "weights warm-start SIT");
        kind(TENSORS, "weights inspect FILE", "weights convert IN", "weights diff A", "weights diff B");
        kind(OUT_WEIGHTS, "weights convert OUT", "weights warm-start OUT", "weights ema OUT");
        kind(NAME, "--which", "--autoguidance-which");
        kind(JSON_CONFIG, "--config", "--autoguidance-config");
        kind(SCHEDULE, "--schedule");
        kind(SCHEDULES, "flops --schedule", "bench sample --schedule", "bench train --schedule");
        kind(SCHEDULE_NAME, "sweep guidance --schedule", "sweep cost --schedule");
        kind(NPZ, "forward --input", "likelihood --input", "--noise");
        kind(OUT_NPZ, "forward --output", "likelihood --output");
        kind(OUT_REFERENCE, "--make-reference");
        kind(OUT_SAMPLES, "sample --output");
        kind(OUT_FILE, "table --output", "--nearest-grid");
        kind(OUT_FIGURE, "--output");
        kind(OUT_FIGURE_PATH, "sweep cost --figure");
        kind(OUT_FOLDER, "data encode --output", "data import --output", "data export --output");
        kind(SCALES, "--guidance");
        kind(CHANNELS, "--channels");
        kind(INTERVAL, "--guidance-interval");
        kind(
                NAME,
                "--boundary",
                "--solver",
                "--sde",
                "--diffusion",
                "--last-step",
                "--path",
                "--prediction",
                "--probe");
        kind(NAME, "--rule", "--level-table", "--type", "--precision", "--network-form", "--resize", "--layout");
        kind(NAME, "--storage", "--on-error", "--format", "--scale", "--metric", "evaluate diff --published");
        kind(NAME, "data encode --crop", "figure path --model", "bench sample --model", "bench train --model");
        kind(NAMES, "flops --model", "bench encode --precision", "--packing", "--only", "--protocol", "--more");
        kind(NAMES, "bench evaluate --network-form");
        kind(
                COUNT,
                "bench train --row",
                "--batch",
                "--points",
                "--count",
                "--probes",
                "--repeats",
                "--size",
                "--shard-rows",
                "--max-pixels");
        kind(
                COUNT,
                "--nearest-k",
                "--nearest",
                "--crop",
                "--pad",
                "--pictures",
                "--features",
                "--references",
                "--rows",
                "--rounds");
        kind(COUNT, "bench evaluate --samples", "--columns", "weights ema --step");
        kind(BATCH, "sample --batch", "evaluate --batch");
        kind(POSITIVE, "--shift", "data import --scale", "sweep guidance --step");
        kind(NOT_NEGATIVE, "--norm", "--tolerance", "--from", "--to");
        kind(SHARE, "--last-step-size", "--width");
        kind(EPS, "--eps");
        kind(SEED, "--seed");
        kind(LATENT, "--latent");
        kind(STORED_LATENT, "bench loader --latent");
        kind(SHARD, "--shard");
        kind(CLASSES, "--classes");
        kind(FLAG, "data verify --classes");
        kind(DATASET_HEAD, "--decode", "data info FOLDER");
        kind(DATASET, "data verify FOLDER", "data export FOLDER", "bench loader --data");
        kind(FOLDER, "--autoencoder", "data import FOLDER", "weights ema PROFILES", "--records");
        kind(RECORDS, "table --records");
        kind(TEXT, "data import --autoencoder", "evaluate --network-name");
        kind(SOURCE, "data encode SOURCE");
        kind(CODEC, "--codec");
        kind(CLASS_NAMES, "--class-names");
        kind(BOOLEAN, "--mirror");
        kind(PICTURES, "--reference", "evaluate --samples");
        kind(NETWORK, "--network", "--classifier");
        kind(TENSOR, "evaluate --input", "--feature", "--spatial", "--probabilities");
        kind(PICTURE_SIZE, "--picture-size");
        kind(SCALING, "--scaling");
        kind(TABLE, "--table", "table 1|2|3|4|FILE");
        kind(TABLE_OF_SAMPLES, "figure 1 --table", "figure 5 --table", "figure 7 --table", "figure 8 --table");
        kind(SWEEP, "figure 6 --sweep");
        kind(RUN, "report RUN");
        kind(OUT_FILE_LATE, "report --output", "notebook run --output");
        kind(EXISTING_FOLDER, "notebook install --prefix");
        kind(NOTEBOOK, "notebook run FILE");
        kind(PROGRAM, "notebook run --python");
        kind(CACHE, "sweep guidance --cache", "sweep cost --cache");
        kind(EVALUATION, "evaluate diff RESULT");
        kind(BOUNDARIES, "--boundaries");
        kind(COUNTS, "sweep cost --steps");
    }

    private AuditedCommands() {}

    private static String likelihood() {
        return "--weights @weights.safetensors --input @states.npz --output @out.npz --points 3 --threads 1";
    }

    private static void line(String command, String right) {
        LINES.put(command, right);
    }

    private static void kind(Kind kind, String... arguments) {
        for (String argument : arguments) {
            KINDS.put(argument, kind);
        }
    }

    /** Words of a line that is right, without the command's own; empty where the audit does not know the command. */
    static Optional<List<String>> line(String command, String argument, boolean specific) {
        String line = specific ? LINES.get(command + " " + argument) : null;
        return Optional.ofNullable(line == null ? LINES.get(command) : line).map(CommandTree::words);
    }

    /** Kind of an argument; empty where the audit does not know it. */
    static Optional<Kind> kind(String command, String argument) {
        Kind own = KINDS.get(command + " " + argument);
        return Optional.ofNullable(own == null ? KINDS.get(argument) : own);
    }
}
