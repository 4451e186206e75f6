package org.ppflow.app.command.data;

import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.ppflow.data.arrow.ChannelStatistics;
import org.ppflow.data.arrow.DatasetDescription;
import org.ppflow.data.arrow.Manifest;
import org.ppflow.data.arrow.ShardEntry;
import org.ppflow.data.codec.Codecs;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a manifest says, for people and machines.
 *
 * @param folder of the data set
 * @param manifest its manifest
 */
record DatasetSummary(Path folder, Manifest manifest) {
    /** ImageNet's thousand would hide the rest. */
    private static final int MOST_NAMES = 12;

    private static final int SHIFT_PLACES = 6;

    void print(PrintWriter out) {
        DatasetDescription data = manifest.description();
        line(out, "data set", folder.toString());
        line(out, "source", data.source() + " (" + data.split().part() + ")");
        line(
                out,
                "rows",
                String.format(Locale.ROOT, "%,d in %d shards, %,d bytes", manifest.rows(), shards(), bytes()));
        line(
                out,
                "stored",
                data.stored() + ", " + data.valueType() + " " + data.storedShape()
                        + (data.mirror() ? ", with those of the mirrored pictures" : ""));
        line(
                out,
                "the model sees",
                data.latentShape() + ", (z - shift) * " + String.format(Locale.ROOT, "%.6g", data.scale()) + ", shift "
                        + shift(data));
        line(
                out,
                "codec",
                data.autoencoder()
                        + (data.autoencoderSha256().isEmpty() ? "" : ", weights " + data.autoencoderSha256()));
        line(out, "pictures", pictures(data));
        line(out, "classes", classes(data.classNames()));
        line(out, "left out", manifest.skipped().size() + " pictures");
        out.printf(Locale.ROOT, "%n%-8s %12s %12s %12s %12s%n", "channel", "mean", "deviation", "least", "greatest");
        List<ChannelStatistics> channels = manifest.statistics();
        for (int channel = 0; channel < channels.size(); channel++) {
            ChannelStatistics one = channels.get(channel);
            out.printf(
                    Locale.ROOT,
                    "%-8d %12.6g %12.6g %12.6g %12.6g%n",
                    channel,
                    one.mean(),
                    Math.sqrt(one.variance()),
                    one.min(),
                    one.max());
        }
        out.printf("%nFor a config:%n%n%s", block());
        out.flush();
    }

    private static String pictures(DatasetDescription data) {
        return data.imageSize() == DatasetDescription.UNKNOWN_SIZE
                ? "of unknown size"
                : data.imageSize() + "x" + data.imageSize() + "x" + data.imageChannels() + ", " + cropped(data.crop());
    }

    /** Imported latents do not say it. */
    private static String cropped(String crop) {
        return crop.equals("unknown") ? "nothing known of their cropping" : crop;
    }

    /** Of latents about as large as 1 / scale: what is smaller than a millionth of that is no shift. */
    private static String shift(DatasetDescription data) {
        int places = Math.max(0, (int) Math.ceil(SHIFT_PLACES + Math.log10(data.scale())));
        return data.shift().stream()
                .map(one -> BigDecimal.valueOf(one).setScale(places, RoundingMode.HALF_EVEN))
                .map(one -> one.signum() == 0 ? "0" : one.stripTrailingZeros().toPlainString())
                .collect(Collectors.joining(", ", "[", "]"));
    }

    private static String classes(List<String> names) {
        return names.isEmpty()
                ? "0"
                : names.size() + ": " + String.join(", ", names.subList(0, Math.min(MOST_NAMES, names.size())))
                        + (names.size() > MOST_NAMES ? ", … (--json has all)" : "");
    }

    /** What a config says to train on it, to be pasted. */
    String block() {
        DatasetDescription data = manifest.description();
        StringBuilder text = new StringBuilder("data:\n");
        // A text of JSON is one of YAML.
        text.append("  source: ")
                .append(JsonMapper.shared().writeValueAsString("latents:" + folder))
                .append('\n');
        text.append("  latent: ").append(data.latentShape()).append('\n');
        text.append("  classes: ").append(data.classNames().size()).append('\n');
        if (!data.autoencoderSha256().isEmpty()
                && Codecs.extension(data.autoencoder()).isEmpty()) {
            text.append("  # autoencoder: FOLDER  (that of ")
                    .append(data.autoencoder())
                    .append(", which makes pictures of samples)\n");
        }
        return text.toString();
    }

    private static void line(PrintWriter out, String what, String value) {
        out.printf(Locale.ROOT, "%-15s %s%n", what, value);
    }

    private int shards() {
        return manifest.shards().size();
    }

    private long bytes() {
        return manifest.shards().stream().mapToLong(ShardEntry::bytes).sum();
    }

    ObjectNode json() {
        ObjectNode root = JsonMapper.shared().createObjectNode();
        root.put("folder", folder.toString());
        // The manifest's own text: one name for one thing.
        root.set("manifest", JsonMapper.shared().readTree(manifest.toJson()));
        root.put("bytes", bytes());
        ArrayNode shape = root.putArray("latent_shape");
        DatasetDescription data = manifest.description();
        shape.add(data.latentShape().channels())
                .add(data.latentShape().height())
                .add(data.latentShape().width());
        return root;
    }
}
