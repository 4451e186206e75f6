package org.ppflow.data.exchange;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.ppflow.data.codec.LatentShape;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.weights.Npy;
import org.ppflow.nn.weights.TensorFile;

/**
 * fast-DiT's layout: {@code *_features/0.npy}, 1.npy … of [1, C, h, w], the latent already times its scale, and {@code *_labels/0.npy} … of [1]
 * beside them. In memory: one latent, one label and two names a file, about 300 bytes.
 */
public final class NpyLatents implements ForeignLatents {
    private static final String FEATURES = "_features";
    private static final String LABELS = "_labels";
    private static final Pattern SIZE = Pattern.compile("(?<!\\d)([1-9]\\d{0,4})" + FEATURES + "$");
    private static final String SUFFIX = ".npy";

    private final Path folder;
    private final Path featureFolder;
    private final List<Path> features;
    private final int[] labels;
    private final LatentShape shape;
    private final String sha256;
    private final int classes;

    private NpyLatents(
            Path folder,
            Path featureFolder,
            List<Path> features,
            int[] labels,
            LatentShape shape,
            String sha256,
            int classes) {
        this.folder = folder;
        this.featureFolder = featureFolder;
        this.features = features;
        this.labels = labels;
        this.shape = shape;
        this.sha256 = sha256;
        this.classes = classes;
    }

    /** Opens the folder that holds both; all labels are read. */
    public static NpyLatents open(Path folder) throws IOException {
        Path featureFolder = only(folder, FEATURES);
        Path labelFolder = only(folder, LABELS);
        List<Path> features = ForeignFile.list(featureFolder, SUFFIX);
        int[] labels = new int[features.size()];
        int classes = 0;
        for (int i = 0; i < labels.length; i++) {
            Path file = labelFolder.resolve(ForeignFile.name(features.get(i)));
            if (!Files.isRegularFile(file)) {
                throw BadInputException.at(features.get(i).toString())
                        .found("no label " + file)
                        .expected("a file of the same name")
                        .build();
            }
            try (TensorFile label = Npy.open(file)) {
                long[] values = label.longs(label.names().get(0));
                if (values.length != 1) {
                    throw BadInputException.at(file.toString())
                            .found(values.length + " labels")
                            .expected("one")
                            .build();
                }
                classes = Math.max(classes, ForeignFile.classes(values, file));
                labels[i] = (int) values[0];
            }
        }
        try (TensorFile first = Npy.open(features.get(0))) {
            LatentShape shape = ForeignFile.rowShape(first.info(first.names().get(0)), features.get(0));
            return new NpyLatents(
                    folder, featureFolder, features, labels, shape, ForeignFile.sha256(features), classes);
        }
    }

    /** Whether a folder has this layout. */
    public static boolean recognises(Path folder) throws IOException {
        return !named(folder, FEATURES).isEmpty();
    }

    private static List<Path> named(Path folder, String suffix) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(Files::isDirectory)
                    .filter(child -> ForeignFile.name(child).endsWith(suffix))
                    .sorted()
                    .toList();
        }
    }

    private static Path only(Path folder, String suffix) throws IOException {
        List<Path> found = named(folder, suffix);
        if (found.size() != 1) {
            throw BadInputException.at(folder.toString())
                    .found(found.size() + " folders named *" + suffix)
                    .expected("one, such as imagenet256" + suffix)
                    .build();
        }
        return found.get(0);
    }

    @Override
    public String name() {
        return folder.toString();
    }

    @Override
    public String sha256() {
        return sha256;
    }

    @Override
    public long size() {
        return features.size();
    }

    @Override
    public LatentShape shape() {
        return shape;
    }

    /** What stands before {@code _features}: 256 of {@code imagenet256_features}. A number that such latents cannot come from is part of a name, as in {@code cifar10_features}. */
    @Override
    public OptionalInt imageSize() {
        Matcher name = SIZE.matcher(ForeignFile.name(featureFolder));
        if (!name.find()) {
            return OptionalInt.empty();
        }
        int size = Integer.parseInt(name.group(1));
        boolean possible = size % shape.height() == 0 && size % shape.width() == 0;
        return possible ? OptionalInt.of(size) : OptionalInt.empty();
    }

    /** False: what is stored is one or the other, frozen by the flip of a coin. */
    @Override
    public boolean mirror() {
        return false;
    }

    @Override
    public int classes() {
        return classes;
    }

    @Override
    public Reader open(long fromRow) {
        return new Reader() {
            private int row = Math.toIntExact(fromRow);

            @Override
            public ForeignRow next() throws IOException {
                Path file = features.get(row);
                try (TensorFile tensor = Npy.open(file)) {
                    String name = tensor.names().get(0);
                    ForeignFile.requireShape(ForeignFile.rowShape(tensor.info(name), file), shape, file);
                    FloatArray values = tensor.floats(name);
                    if (values.rows() != 1) {
                        throw BadInputException.at(file.toString())
                                .found(values.rows() + " latents")
                                .expected("one")
                                .build();
                    }
                    return new ForeignRow(values.values(), labels[row++], ForeignFile.name(file));
                }
            }

            @Override
            public void close() {}
        };
    }
}
