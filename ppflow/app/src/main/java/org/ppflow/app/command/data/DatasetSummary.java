package org.ppflow.app.command.data;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.ppflow.data.arrow.ChannelStatistics;
import org.ppflow.data.arrow.DatasetDescription;
import org.ppflow.data.arrow.Manifest;
import org.ppflow.data.arrow.ShardEntry;
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
        line(out, "the model sees", data.latentShape() + ", (z - shift) * " + data.scale() + ", shift " + data.shift());
        line(
                out,
                "codec",
                data.autoencoder()
                        + (data.autoencoderSha256().isEmpty() ? "" : ", weights " + data.autoencoderSha256()));
        line(
                out,
                "pictures",
                data.imageSize() + "x" + data.imageSize() + "x" + data.imageChannels() + ", " + data.crop());
        line(out, "classes", String.valueOf(data.classNames().size()));
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
        out.flush();
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
