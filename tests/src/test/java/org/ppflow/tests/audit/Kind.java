package org.ppflow.tests.audit;

import java.util.ArrayList;
import java.util.List;

/** What an argument takes, and so the ways in which it can be wrong. Values with an @ are names in the {@link AuditFolder}. */
enum Kind {
    /** Weights to read. */
    WEIGHTS(
            files("safetensors"),
            wrong("weights without what says their heads", "@weights.xyz"),
            wrong("a truncated checkpoint", "@truncated.pt"),
            wrong("a truncated npz", "@truncated.npz"),
            wrong("weights of no network", "@other.npz")),
    /** Weights of which any tensors will do. */
    TENSORS(
            files("safetensors"),
            wrong("a truncated checkpoint", "@truncated.pt"),
            wrong("a truncated npz", "@truncated.npz")),
    /** Arrays to read. */
    NPZ(files("npz"), wrong("arrays of other names", "@other.npz"), wrong("numbers that are none", "@nan.npz")),
    /** A config. */
    CONFIG(
            files("yaml"),
            wrong("bytes that are no text", "@binary.yaml"),
            wrong("no YAML", "@broken.yaml"),
            wrong("a list", "@list.yaml"),
            wrong("an unknown key", "@unknown-key.yaml"),
            wrong("a wrong type", "@wrong-type.yaml"),
            wrong("no number", "@nan.yaml"),
            wrong("a key twice", "@twice.yaml"),
            wrong("an unknown schedule", "@unknown-schedule.yaml"),
            wrong("an unknown solver", "@unknown-solver.yaml")),
    /** A config of one experiment. */
    SINGLE_CONFIG(
            files("yaml"),
            wrong("an unknown key", "@unknown-key.yaml"),
            wrong("no YAML", "@broken.yaml"),
            wrong("a config with cells", "@cells.yaml")),
    /** A table's file. */
    TABLE(
            files("yaml"),
            wrong("no YAML", "@broken.yaml"),
            wrong("an experiment", "@config.yaml"),
            wrong("an unknown number", "12"),
            wrong("an unknown key", "@table-unknown-key.yaml"),
            wrong("a config that is not there", "@table-missing-config.yaml"),
            wrong("an unknown metric", "@table-unknown-metric.yaml")),
    /** A table's file, of which samples are shown. */
    TABLE_OF_SAMPLES(
            files("yaml"),
            wrong("no YAML", "@broken.yaml"),
            wrong("an experiment", "@config.yaml"),
            wrong("an unknown number", "12"),
            wrong("an unknown key", "@table-unknown-key.yaml"),
            wrong("a config that is not there", "@table-missing-config.yaml")),
    /** The record of a sweep. */
    SWEEP(files("json"), wrong("no JSON", "@broken.json"), wrong("other JSON", "@evaluation.json")),
    /** JSON beside weights. */
    JSON_CONFIG(
            files("json"),
            wrong("no JSON", "@broken.json"),
            wrong("other JSON", "@evaluation.json"),
            wrong("a wrong type", "@wrong-type.json")),
    /** JSON of an evaluation. */
    EVALUATION(files("json"), wrong("no JSON", "@broken.json"), wrong("other JSON", "@weights.config.json")),
    /** Folder of a data set. */
    DATASET(
            folders(),
            wrong("a broken manifest", "@broken-manifest"),
            wrong("a shard missing", "@missing-shard"),
            wrong("a shard truncated", "@truncated-shard")),
    /** Folder of a data set whose content is not read. */
    DATASET_HEAD(folders(), wrong("a broken manifest", "@broken-manifest")),
    /** A folder to read. */
    FOLDER(folders()),
    /** A folder that must be there, with anything in it. */
    EXISTING_FOLDER(
            wrong("a missing folder", "@missing"),
            wrong("a file", "@text.txt"),
            wrong("a dangling link", "@dangling.npz"),
            wrong("an empty name", "")),
    /** Folder of a run. */
    RUN(folders(), wrong("a run with a broken config", "@broken-run")),
    /** A notebook. */
    NOTEBOOK(files("json"), wrong("no JSON", "@broken.json"), wrong("other JSON", "@evaluation.json")),
    /** A program. */
    PROGRAM(
            wrong("a missing file", "@missing"),
            wrong("a folder", "@folder"),
            wrong("a dangling link", "@dangling.npz"),
            wrong("a file that is no program", "@text.txt"),
            wrong("an empty name", "")),
    /** A file to write whose making needs other programs. */
    OUT_FILE_LATE(wrong("a folder", "@folder"), wrong("below a file", "@text.txt/out"), wrong("an empty name", "")),
    /** Pictures to encode. */
    SOURCE(
            wrong("a missing file", "@missing.tar"),
            wrong("a dangling link", "@dangling.tar"),
            wrong("an empty folder", "@empty-folder"),
            wrong("an empty file", "@empty.tar"),
            wrong("a text", "@text.txt"),
            wrong("a truncated tar", "@truncated.tar"),
            wrong("a missing IDX file", "idx:@missing"),
            wrong("another IDX file", "idx:@text.txt"),
            wrong("nothing after idx:", "idx:"),
            wrong("an empty name", "")),
    /** Pictures to score. */
    PICTURES(
            files("npz"),
            wrong("a truncated npz", "@truncated.npz"),
            wrong("arrays of other names", "@other.npz"),
            wrong("an empty folder", "@empty-folder"),
            wrong("a text", "@text.txt")),
    /** A feature network. */
    NETWORK(
            files("pb"),
            wrong("a truncated graph", "@truncated.pb"),
            wrong("weights of another network", "@weights.safetensors")),
    /** A list of classes. */
    CLASSES(
            wrong("an unknown word", "balansed"),
            wrong("too large a class", "99"),
            wrong("a negative class", "-3"),
            wrong("a range upside down", "5-2"),
            wrong("an empty file", "@empty.txt"),
            wrong("a file of words", "@text.txt"),
            wrong("a folder", "@folder"),
            wrong("nothing", "")),
    /** Names of classes. */
    CLASS_NAMES(files("txt")),
    /** A file to write. */
    OUT_FILE(
            wrong("a folder", "@folder"),
            wrong("below a file", "@text.txt/out"),
            wrong("an empty name", ""),
            wrong("a full disk", "/dev/full")),
    /** Weights to write. */
    OUT_WEIGHTS(
            wrong("an unknown ending", "@out.xyz"),
            wrong("a folder", "@folder.safetensors"),
            wrong("below a file", "@text.txt/out.safetensors"),
            wrong("another file", "@sit.safetensors"),
            wrong("an empty name", "")),
    /** Arrays to write; a file that is there is never replaced unasked. */
    OUT_NPZ(
            wrong("a folder", "@folder.npz"),
            wrong("below a file", "@text.txt/out.npz"),
            wrong("another file", "@samples.npz"),
            wrong("another ending", "@out.pt"),
            wrong("an empty name", ""),
            wrong("a full disk", "@full.npz")),
    /** A reference to write; one that is there is never replaced unasked. */
    OUT_REFERENCE(
            wrong("a folder", "@folder.npz"),
            wrong("below a file", "@text.txt/out.npz"),
            wrong("another file", "@samples.npz"),
            wrong("an empty name", "")),
    /** Samples to write. */
    OUT_SAMPLES(
            wrong("a folder named as a file", "@folder.npz"),
            wrong("below a file", "@text.txt/out.npz"),
            wrong("a folder without --decode", "@out"),
            wrong("an empty name", "")),
    /** A folder to write. */
    OUT_FOLDER(
            wrong("a file", "@text.txt"),
            wrong("below a file", "@text.txt/out"),
            wrong("a dangling link", "@dangling.npz"),
            wrong("an empty name", "")),
    /** Name of a figure without its ending. */
    OUT_FIGURE(
            wrong("below a file", "@text.txt/figure"),
            wrong("a folder", "@folders-for-figure/figure"),
            wrong("no name", "@folder/"),
            wrong("an empty name", "")),
    /** The same where a path is taken, which ends without a slash. */
    OUT_FIGURE_PATH(
            wrong("below a file", "@text.txt/figure"),
            wrong("a folder", "@folders-for-figure/figure"),
            wrong("an empty name", "")),
    /** {@code --json}. */
    JSON_OUT(
            wrong("a folder", "@folder"),
            wrong("in a missing folder", "@missing/out.json"),
            wrong("below a file", "@text.txt/out.json"),
            wrong("an empty name", "")),
    /** {@code --json} of a command that is quick enough to end. */
    JSON_OUT_QUICK(
            wrong("a folder", "@folder"),
            wrong("in a missing folder", "@missing/out.json"),
            wrong("below a file", "@text.txt/out.json"),
            wrong("an empty name", ""),
            wrong("a full disk", "/dev/full")),
    /** A whole number of 1 or more. */
    COUNT(numbers(), wrong("zero", "0"), wrong("a negative number", "-1")),
    /** A whole number of 0 or more. */
    WHOLE(numbers(), wrong("a negative number", "-1")),
    /** Any whole number. */
    SEED(numbers()),
    /** A number above 0. */
    POSITIVE(
            words(),
            wrong("zero", "0"),
            wrong("a negative number", "-1"),
            wrong("no number", "NaN"),
            wrong("an infinite number", "Infinity")),
    /** A number of 0 or more. */
    NOT_NEGATIVE(
            words(),
            wrong("a negative number", "-1"),
            wrong("no number", "NaN"),
            wrong("an infinite number", "Infinity")),
    /** A share, above 0 and below 1. */
    SHARE(words(), wrong("zero", "0"), wrong("one", "1"), wrong("a negative number", "-1"), wrong("no number", "NaN")),
    /** {@code N|auto}. */
    BATCH(
            wrong("a word", "two"),
            wrong("zero", "0"),
            wrong("a negative number", "-1"),
            wrong("no number", "NaN"),
            wrong("a fraction", "1.5"),
            wrong("too large a number", "99999999999"),
            wrong("nothing", "")),
    /** Scales of guidance. */
    SCALES(
            wrong("a word", "two"),
            wrong("too many scales", "1,2,3,4,5"),
            wrong("no number", "NaN"),
            wrong("a negative number", "-1"),
            wrong("an infinite number", "Infinity"),
            wrong("nothing", "")),
    /** Channels of guidance. */
    CHANNELS(
            wrong("a word", "al"),
            wrong("zero", "0"),
            wrong("a negative number", "-1"),
            wrong("a fraction", "1.5"),
            wrong("nothing", "")),
    /** Two times. */
    INTERVAL(
            wrong("a word", "early"),
            wrong("one time", "0.5"),
            wrong("upside down", "0.9,0.2"),
            wrong("outside 0 to 1", "-1,2"),
            wrong("no number", "NaN,1"),
            wrong("nothing", "")),
    /** One of several names. */
    NAME(wrong("an unknown name", "xyzzy"), wrong("nothing", "")),
    /** Several of several names. */
    NAMES(wrong("an unknown name", "xyzzy"), wrong("one of them unknown", "xyzzy,xyzzy"), wrong("nothing", "")),
    /** A preset, or levels. */
    SCHEDULE(
            wrong("a slip", "pff-2"),
            wrong("an unknown name", "xyzzy"),
            wrong("no patch", "axb:0.5,2x2"),
            wrong("a boundary above 1", "4x4:1.5,2x2"),
            wrong("a boundary that is none", "4x4:NaN,2x2"),
            wrong("patches that do not tile", "5x5:0.5,3x3"),
            wrong("nothing", "")),
    /** Presets with commas between. */
    SCHEDULES(wrong("a slip", "sit,pff-2"), wrong("an unknown name", "xyzzy"), wrong("nothing", "")),
    /** A schedule of a config. */
    SCHEDULE_NAME(wrong("a slip", "pff-2"), wrong("nothing", "")),
    /** C x H x W. */
    LATENT(
            wrong("a word", "large"),
            wrong("zero", "0"),
            wrong("a negative number", "-32"),
            wrong("four sizes", "1x2x3x4"),
            wrong("a size that patches do not tile", "4x33x33"),
            wrong("nothing", "")),
    /** C x H x W of stored rows. */
    STORED_LATENT(
            wrong("a word", "large"),
            wrong("zero", "0"),
            wrong("a negative number", "-32"),
            wrong("four sizes", "1x2x3x4"),
            wrong("an odd number of channels", "3x4x4"),
            wrong("nothing", "")),
    /** I/N. */
    SHARD(
            wrong("a word", "first"),
            wrong("outside", "4/4"),
            wrong("of none", "0/0"),
            wrong("negative", "-1/4"),
            wrong("nothing", "")),
    /** {@code PATH=VALUE}. */
    SET(
            wrong("no equals", "training.batch"),
            wrong("no value", "training.batch="),
            wrong("no path", "=3"),
            wrong("a slip in the key", "training.bacth=32"),
            wrong("an unknown key", "xyzzy=3"),
            wrong("a wrong type", "training.batch=two"),
            wrong("a fraction", "training.batch=1.5"),
            wrong("zero", "training.batch=0"),
            wrong("a negative number", "training.batch=-4"),
            wrong("no number", "training.learning_rate.peak=.nan"),
            wrong("a slip in a name", "sampling.solver=hoin"),
            wrong("a slip in a schedule", "schedules=[pff-2]"),
            wrong("no YAML", "training={"),
            wrong("nothing", "")),
    /** true or false. */
    BOOLEAN(wrong("a word", "maybe"), wrong("nothing", "")),
    /** Folder of records; one without any is a table that nothing has been run for. */
    RECORDS(
            wrong("a missing folder", "@missing"),
            wrong("a file", "@text.txt"),
            wrong("a dangling link", "@dangling.npz"),
            wrong("an empty name", "")),
    /** How far to stay from t where a formula is infinite. */
    EPS(
            words(),
            wrong("a negative number", "-1"),
            wrong("half the way", "0.5"),
            wrong("no number", "NaN"),
            wrong("an infinite number", "Infinity")),
    /** Height x width. */
    PICTURE_SIZE(wrong("a word", "large"), wrong("one side", "224"), wrong("zero", "0x0"), wrong("nothing", "")),
    /** How pixels are scaled. */
    SCALING(
            wrong("a word", "imagnet"),
            wrong("an empty range", "1..1"),
            wrong("no number", "NaN..1"),
            wrong("two means", "1,2/1,2"),
            wrong("nothing", "")),
    /** Name of a tensor. */
    TENSOR(wrong("an unknown name", "xyzzy"), wrong("nothing", "")),
    /** What makes latents. */
    CODEC(
            wrong("a slip", "haer"),
            wrong("an unknown name", "xyzzy"),
            wrong("a missing folder", "vae:@missing"),
            wrong("a file", "vae:@text.txt"),
            wrong("an empty folder", "vae:@empty-folder"),
            wrong("nothing after vae:", "vae:"),
            wrong("nothing", "")),
    /** Times of boundaries. */
    BOUNDARIES(wrong("a word", "half"), wrong("above 1", "1.5"), wrong("no number", "NaN"), wrong("nothing", "")),
    /** Whole numbers with commas between. */
    COUNTS(
            wrong("a word", "two"),
            wrong("zero", "0"),
            wrong("a negative number", "5,-1"),
            wrong("a fraction", "1.5"),
            wrong("nothing", "")),
    /** Any text will do: there is no wrong one but none. */
    TEXT(wrong("nothing", "")),
    /** Takes no value. */
    FLAG(wrong("a value", "=maybe")),
    /** A cache, which may be made. */
    CACHE(wrong("a file", "@text.txt"), wrong("below a file", "@text.txt/out"), wrong("an empty name", ""));

    /**
     * One way to be wrong.
     *
     * @param what in words
     * @param value as typed
     */
    record Wrong(String what, String value) {}

    @SuppressWarnings("ImmutableEnumChecker") // a copy, of values
    private final List<Wrong> wrongs;

    Kind(Object... wrongs) {
        List<Wrong> all = new ArrayList<>();
        for (Object one : wrongs) {
            if (one instanceof List<?> several) {
                several.forEach(each -> all.add((Wrong) each));
            } else {
                all.add((Wrong) one);
            }
        }
        this.wrongs = List.copyOf(all);
    }

    List<Wrong> wrongs() {
        return wrongs;
    }

    private static Wrong wrong(String what, String value) {
        return new Wrong(what, value);
    }

    /** Root reads everything: a link into itself stands for a file that cannot be read. */
    private static List<Wrong> files(String ending) {
        return List.of(
                wrong("a missing file", "@missing." + ending),
                wrong("a folder", "@folder"),
                wrong("a dangling link", "@dangling." + ending),
                wrong("a file that cannot be opened", "@loop." + ending),
                wrong("an empty file", "@empty." + ending),
                wrong("a text", "@text." + ending),
                wrong("an empty name", ""));
    }

    private static List<Wrong> folders() {
        return List.of(
                wrong("a missing folder", "@missing"),
                wrong("a file", "@text.txt"),
                wrong("an empty folder", "@empty-folder"),
                wrong("a dangling link", "@dangling.npz"),
                wrong("an empty name", ""));
    }

    private static List<Wrong> words() {
        return List.of(wrong("a word", "two"), wrong("nothing", ""));
    }

    private static List<Wrong> numbers() {
        return List.of(
                wrong("a word", "two"),
                wrong("a fraction", "1.5"),
                wrong("no number", "NaN"),
                wrong("too large a number", "99999999999999999999"),
                wrong("nothing", ""));
    }
}
