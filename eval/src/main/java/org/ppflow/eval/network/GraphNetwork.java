package org.ppflow.eval.network;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ppflow.eval.feature.FeatureNetwork;
import org.ppflow.eval.feature.Features;
import org.ppflow.eval.feature.FixedBatches;
import org.ppflow.eval.feature.NetworkIdentity;
import org.ppflow.eval.images.ImageBatch;
import org.ppflow.eval.images.ImageShape;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.files.Sha256;
import org.ppflow.nn.session.Precision;
import org.ppflow.nn.session.SessionOptions;
import org.ppflow.nn.session.TensorFloat32;
import org.tensorflow.Operand;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/**
 * Any frozen graph or SavedModel as a feature network, a DINOv2 for instance: pictures are resized and scaled as its {@link NetworkSpec}
 * says, and one tensor, of any rank, is the feature. Runs {@value #BATCH} pictures at a time, or as many as the graph's input demands; one
 * thread at a time. Owns graph and session. Float32 without XLA or TF32.
 */
public final class GraphNetwork implements FeatureNetwork {
    private static final int BATCH = 16;

    /** Sums of a float32 softmax over thousands of classes are nearer to 1 than this; those of logits are not. */
    private static final double PROBABILITY_TOLERANCE = 1e-3;

    private final NetworkSpec spec;
    private final String contentHash;
    private final LoadedGraph loaded;
    private final PictureScaler scaler;
    private final Operand<TFloat32> input;
    private final List<Operand<TFloat32>> fetched = new ArrayList<>();
    private final int batch;
    private final Features black;
    private final TensorFloat32 tensorFloat32;

    private GraphNetwork(NetworkSpec spec, String fileHash, LoadedGraph loaded, PictureScaler scaler) {
        this.spec = spec;
        this.loaded = loaded;
        this.scaler = scaler;
        this.input = loaded.input(spec.input());
        fetched.add(loaded.output(spec.feature()));
        spec.spatial().ifPresent(name -> fetched.add(loaded.output(name)));
        spec.probabilities().ifPresent(name -> fetched.add(loaded.output(name)));
        this.batch = batch(input.shape());
        this.contentHash = contentHash(spec, fileHash);
        this.tensorFloat32 = TensorFloat32.off();
        try {
            this.black = probe();
        } catch (RuntimeException e) {
            tensorFloat32.close();
            throw e;
        }
    }

    /**
     * Opens a network and runs it once on black pictures, to see that it fits.
     *
     * @param options its threads are used; precision is float32 and XLA off whatever it says
     * @throws BadInputException if the file is no network, has no such tensors, or does not take such pictures
     */
    public static GraphNetwork open(NetworkSpec spec, SessionOptions options) throws IOException {
        NetworkFile file = NetworkFile.read(spec.file());
        SessionOptions exact = new SessionOptions(options.threads(), Precision.FP32, false);
        LoadedGraph loaded = LoadedGraph.open(file, exact);
        PictureScaler scaler = new PictureScaler(spec.pictures(), exact);
        try {
            return new GraphNetwork(spec, file.hash(), loaded, scaler);
        } catch (RuntimeException e) {
            scaler.close();
            loaded.close();
            throw e;
        }
    }

    /** Which network {@link #open} would give, without opening it: the files are read for their hash alone. */
    public static NetworkIdentity identity(NetworkSpec spec) throws IOException {
        return new NetworkIdentity(
                spec.kind(), contentHash(spec, NetworkFile.read(spec.file()).hash()));
    }

    private static String contentHash(NetworkSpec spec, String fileHash) {
        return Sha256.of(fileHash + " " + spec.tensors() + " " + spec.pictures());
    }

    /** What the input's first axis demands; the other axes are those of the pictures. */
    private int batch(Shape shape) {
        if (shape.isUnknown()) {
            return BATCH;
        }
        int[] wanted = spec.pictures().shape(BATCH);
        boolean fits = shape.numDimensions() == wanted.length;
        for (int axis = 1; fits && axis < wanted.length; axis++) {
            fits = shape.get(axis) == Shape.UNKNOWN_SIZE || shape.get(axis) == wanted[axis];
        }
        if (!fits) {
            throw BadInputException.at(spec.file() + ": " + spec.input())
                    .found("an input of shape " + Arrays.toString(shape.asArray()))
                    .expected("one for " + spec.pictures().layout() + " pictures, "
                            + Arrays.toString(spec.pictures().shape(-1)))
                    .advice("give the size, channels and layout that the network has")
                    .build();
        }
        return shape.get(0) == Shape.UNKNOWN_SIZE ? BATCH : Math.toIntExact(shape.get(0));
    }

    /** One batch of black pictures; gives the lengths of the rows. */
    private Features probe() {
        PictureInput pictures = spec.pictures();
        int bytes = pictures.height() * pictures.width() * pictures.channels();
        Features features;
        try {
            features = pass(new ImageBatch(
                    new byte[Math.multiplyExact(batch, bytes)],
                    pictures.height(),
                    pictures.width(),
                    pictures.channels()));
        } catch (TensorFlowException | IllegalArgumentException | IllegalStateException e) {
            throw BadInputException.at(spec.file() + ": " + spec.input())
                    .found("a network that does not run: " + e.getMessage())
                    .expected("one that takes " + pictures.layout() + " pictures of "
                            + Arrays.toString(pictures.shape(batch)) + " there")
                    .cause(e)
                    .build();
        }
        requireProbabilities(features.probabilities());
        return features;
    }

    private void requireProbabilities(FloatArray probabilities) {
        int classes = probabilities.rowSize();
        for (int row = 0; classes > 0 && row < probabilities.rows(); row++) {
            double sum = 0;
            double least = 0;
            for (int k = 0; k < classes; k++) {
                double p = probabilities.values()[row * classes + k];
                sum += p;
                least = Math.min(least, p);
            }
            // negated, so that NaN is refused too
            if (!(Math.abs(sum - 1) <= PROBABILITY_TOLERANCE) || least < 0) {
                throw BadInputException.at(
                                spec.file() + ": " + spec.probabilities().orElse(""))
                        .found("rows that sum to " + sum + ", their least value " + least)
                        .expected("probabilities, which sum to 1")
                        .advice("give the softmax, not the logits before it")
                        .build();
            }
        }
    }

    @Override
    public String kind() {
        return spec.kind();
    }

    @Override
    public String contentHash() {
        return contentHash;
    }

    @Override
    public int featureSize() {
        return black.features().rowSize();
    }

    @Override
    public int spatialSize() {
        return black.spatial().rowSize();
    }

    @Override
    public int classes() {
        return black.probabilities().rowSize();
    }

    @Override
    public int channels() {
        return spec.pictures().channels();
    }

    @Override
    public void requireShape(String name, ImageShape shape) {
        FeatureNetwork.super.requireShape(name, shape);
        PictureInput pictures = spec.pictures();
        if (pictures.resize() == PictureInput.Resize.NONE
                && (shape.height() != pictures.height() || shape.width() != pictures.width())) {
            throw BadInputException.at(name)
                    .found("pictures of " + shape)
                    .expected(pictures.height() + "x" + pictures.width() + ", as the network takes")
                    .advice("let them be resized: bilinear or bicubic")
                    .build();
        }
    }

    @Override
    public Features extract(ImageBatch pictures) {
        requireShape("pictures", pictures.shape());
        return FixedBatches.extract(pictures, batch, this, this::pass);
    }

    private Features pass(ImageBatch pictures) {
        List<FloatArray> values = loaded.run(input, scaler.apply(pictures), fetched);
        int next = 1;
        FloatArray spatial = spec.spatial().isPresent()
                ? rows(values.get(next++), spec.spatial().get())
                : none();
        FloatArray probabilities = spec.probabilities().isPresent()
                ? rows(values.get(next), spec.probabilities().get())
                : none();
        return new Features(rows(values.get(0), spec.feature()), spatial, probabilities);
    }

    private FloatArray none() {
        return FloatArray.zeros(batch, 0);
    }

    /** (n, ...) to (n, D). */
    private FloatArray rows(FloatArray value, String name) {
        if (value.shape().length == 0 || value.rows() != batch) {
            throw BadInputException.at(spec.file() + ": " + name)
                    .found("a tensor of shape " + Arrays.toString(value.shape()))
                    .expected("one whose first axis is the batch, " + batch)
                    .build();
        }
        return value.reshaped(batch, value.rowSize());
    }

    @Override
    public void close() {
        scaler.close();
        loaded.close();
        tensorFloat32.close();
    }
}
