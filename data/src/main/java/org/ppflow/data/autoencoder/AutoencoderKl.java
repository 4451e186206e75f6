package org.ppflow.data.autoencoder;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.ppflow.data.picture.PictureBatch;
import org.ppflow.nn.array.FloatArray;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.graph.ComputeType;
import org.ppflow.nn.graph.Kernels;
import org.ppflow.nn.graph.Variable;
import org.ppflow.nn.session.GraphSession;
import org.ppflow.nn.session.Precision;
import org.ppflow.nn.session.SessionOptions;
import org.ppflow.nn.session.StepProfile;
import org.ppflow.nn.weights.TensorFile;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;
import org.tensorflow.types.family.TNumber;

/**
 * An autoencoder: pictures to moments of the posterior, latents to pictures. A sub-graph is built for every shape that is asked for, the weights of a half
 * are loaded with its first. Owns graph, session and what it opens. For one thread.
 *
 * <p>In memory for 256 pixels: 0.3 GB of weights, and about 0.2 GB a picture that goes through at once.
 */
public final class AutoencoderKl implements AutoCloseable {
    private static final float HALF = 0.5f;
    private static final float BYTES = 255;

    /** Where weights come from; null for random ones. */
    private final @Nullable TensorFile file;

    private final AutoencoderConfig config;
    private final Graph graph = new Graph();
    private final Kernels kernels = new Kernels();
    private final AutoencoderWeights<?> weights;
    private final GraphSession session;
    private final Set<Variable> loaded = new HashSet<>();
    private final Map<Shape, Pass> encoders = new HashMap<>();
    private final Map<Shape, Pass> decoders = new HashMap<>();

    /**
     * One half for one shape.
     *
     * @param input what is fed
     * @param output what is fetched, (n, C, h, w) float32
     * @param stages every block's result, (n, C, h, w) float32
     * @param flops operations of its convolutions and products, two a multiply-add
     */
    private record Pass(
            Operand<? extends TNumber> input,
            Operand<TFloat32> output,
            Map<String, Operand<TFloat32>> stages,
            double flops) {}

    private AutoencoderKl(AutoencoderConfig config, @Nullable TensorFile file, SessionOptions options) {
        this.config = config;
        this.file = file;
        Ops tf = Ops.create(graph);
        this.weights = options.precision() == Precision.BF16
                ? new AutoencoderWeights<>(tf, config, ComputeType.bf16(tf))
                : new AutoencoderWeights<>(tf, config, ComputeType.fp32(tf));
        // bfloat16 is explicit here: TensorFlow's rewriter would put casts around the kernels.
        this.session = new GraphSession(graph, options.withPrecision(Precision.FP32));
    }

    /**
     * Opens a folder as diffusers saves it.
     *
     * @throws BadInputException where config or weights are not those of an AutoencoderKL
     */
    public static AutoencoderKl open(Path folder, SessionOptions options) throws IOException {
        AutoencoderConfig config = AutoencoderConfig.read(folder);
        TensorFile file = AutoencoderFile.open(folder, config);
        try {
            return new AutoencoderKl(config, file, options);
        } catch (RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /** Opens one with random weights, to measure it. */
    public static AutoencoderKl random(AutoencoderConfig config, SessionOptions options) {
        return new AutoencoderKl(config, null, options);
    }

    /** What it is built like. */
    public AutoencoderConfig config() {
        return config;
    }

    /** Pictures, uint8 (n, H, W, 3), to moments (n, 2C, H/f, W/f), the log-variance not clamped. */
    public FloatArray encode(PictureBatch pictures) {
        Pass pass = encoder(pictures);
        return run(pass, pictures).get(0);
    }

    /** Latents before shift and scale, (n, C, h, w), to pictures on [−1, 1], (n, 3, f·h, f·w), not clamped. */
    public FloatArray decode(FloatArray latents) {
        Pass pass = decoder(latents);
        return session.run()
                .feed(floats(pass.input), latents)
                .fetch(pass.output)
                .execute()
                .get(0);
    }

    /** What an encoding goes through, each (n, C, h, w), by the names of the state dict. */
    public Map<String, FloatArray> encoderStages(PictureBatch pictures) {
        Pass pass = encoder(pictures);
        List<FloatArray> values = session.run()
                .feed(bytes(pass.input), pictures.pixels(), shape(pictures))
                .fetch(List.copyOf(pass.stages.values()))
                .execute();
        return named(pass, values);
    }

    /** What a decoding goes through, each (n, C, h, w), by the names of the state dict. */
    public Map<String, FloatArray> decoderStages(FloatArray latents) {
        Pass pass = decoder(latents);
        List<FloatArray> values = session.run()
                .feed(floats(pass.input), latents)
                .fetch(List.copyOf(pass.stages.values()))
                .execute();
        return named(pass, values);
    }

    private static Map<String, FloatArray> named(Pass pass, List<FloatArray> values) {
        Map<String, FloatArray> named = new LinkedHashMap<>();
        for (String name : pass.stages.keySet()) {
            named.put(name, values.get(named.size()));
        }
        return named;
    }

    /** Operations to encode these pictures, two a multiply-add, of convolutions and products alone. */
    public double encodeFlops(PictureBatch pictures) {
        return encoder(pictures).flops;
    }

    /** Operations to decode these latents. */
    public double decodeFlops(FloatArray latents) {
        return decoder(latents).flops;
    }

    /** Where the time of an encoding goes. */
    public StepProfile profileEncode(PictureBatch pictures) {
        Pass pass = encoder(pictures);
        return session.run()
                .feed(bytes(pass.input), pictures.pixels(), shape(pictures))
                .fetch(pass.output)
                .profile();
    }

    /** Where the time of a decoding goes. */
    public StepProfile profileDecode(FloatArray latents) {
        Pass pass = decoder(latents);
        return session.run()
                .feed(floats(pass.input), latents)
                .fetch(pass.output)
                .profile();
    }

    private List<FloatArray> run(Pass pass, PictureBatch pictures) {
        return session.run()
                .feed(bytes(pass.input), pictures.pixels(), shape(pictures))
                .fetch(pass.output)
                .execute();
    }

    private static int[] shape(PictureBatch pictures) {
        return new int[] {pictures.count(), pictures.height(), pictures.width(), pictures.channels()};
    }

    @SuppressWarnings("unchecked") // an encoder takes bytes
    private static Operand<TUint8> bytes(Operand<? extends TNumber> input) {
        return (Operand<TUint8>) input;
    }

    @SuppressWarnings("unchecked") // a decoder takes floats
    private static Operand<TFloat32> floats(Operand<? extends TNumber> input) {
        return (Operand<TFloat32>) input;
    }

    private Pass encoder(PictureBatch pictures) {
        int factor = config.factor();
        if (pictures.channels() != AutoencoderConfig.COLOURS
                || pictures.height() % factor != 0
                || pictures.width() % factor != 0) {
            throw new IllegalArgumentException(pictures + " must have 3 channels and sides divisible by " + factor);
        }
        Shape shape = Shape.of(pictures.count(), pictures.height(), pictures.width(), pictures.channels());
        Pass known = encoders.get(shape);
        return known != null ? known : remember(encoders, shape, encoder(shape, weights));
    }

    private Pass decoder(FloatArray latents) {
        int[] axes = latents.shape();
        if (axes.length != 4 || axes[1] != config.latentChannels()) {
            throw new IllegalArgumentException(latents + " must be (n, " + config.latentChannels() + ", h, w)");
        }
        Shape shape = Shape.of(axes[0], axes[1], axes[2], axes[3]);
        Pass known = decoders.get(shape);
        return known != null ? known : remember(decoders, shape, decoder(shape, weights));
    }

    private Pass remember(Map<Shape, Pass> passes, Shape shape, Pass pass) {
        load();
        passes.put(shape, pass);
        return pass;
    }

    private <T extends TNumber> Pass encoder(Shape shape, AutoencoderWeights<T> typed) {
        Ops tf = Ops.create(graph).withSubScope("encode" + encoders.size());
        Placeholder<TUint8> pixels = tf.placeholder(TUint8.class, Placeholder.shape(shape));
        // u/255 − 0.5 over 0.5, in float32, as the published pipelines normalise.
        Operand<TFloat32> unit = tf.math.div(tf.dtypes.cast(pixels, TFloat32.class), tf.constant(BYTES));
        Operand<TFloat32> normal = tf.math.div(tf.math.sub(unit, tf.constant(HALF)), tf.constant(HALF));
        Map<String, Operand<T>> stages = new LinkedHashMap<>();
        AutoencoderLayers<T> layers = new AutoencoderLayers<>(tf, typed, kernels, config.groups(), stages);
        Operand<T> moments =
                AutoencoderHalves.encode(layers, config, typed.type().down(tf, normal));
        return pass(tf, typed, pixels, moments, stages, layers.flops());
    }

    private <T extends TNumber> Pass decoder(Shape shape, AutoencoderWeights<T> typed) {
        Ops tf = Ops.create(graph).withSubScope("decode" + decoders.size());
        Placeholder<TFloat32> latents = tf.placeholder(TFloat32.class, Placeholder.shape(shape));
        Operand<TFloat32> last = tf.linalg.transpose(latents, tf.constant(new int[] {0, 2, 3, 1}));
        Map<String, Operand<T>> stages = new LinkedHashMap<>();
        AutoencoderLayers<T> layers = new AutoencoderLayers<>(tf, typed, kernels, config.groups(), stages);
        Operand<T> picture =
                AutoencoderHalves.decode(layers, config, typed.type().down(tf, last));
        return pass(tf, typed, latents, picture, stages, layers.flops());
    }

    private static <T extends TNumber> Pass pass(
            Ops tf,
            AutoencoderWeights<T> typed,
            Operand<? extends TNumber> input,
            Operand<T> output,
            Map<String, Operand<T>> stages,
            double flops) {
        Map<String, Operand<TFloat32>> fetched = new LinkedHashMap<>();
        stages.forEach((name, value) -> fetched.put(name, channelsFirst(tf, typed, value)));
        return new Pass(input, channelsFirst(tf, typed, output), fetched, flops);
    }

    /** (n, h, w, C) -> (n, C, h, w). */
    private static <T extends TNumber> Operand<TFloat32> channelsFirst(
            Ops tf, AutoencoderWeights<T> typed, Operand<T> value) {
        return tf.linalg.transpose(typed.type().up(tf, value), tf.constant(new int[] {0, 3, 1, 2}));
    }

    /** Sets the variables that a new sub-graph has brought. */
    private void load() {
        List<Variable> fresh = weights.store().variables().stream()
                .filter(variable -> !loaded.contains(variable))
                .toList();
        try {
            TensorFile source = file;
            if (source == null) {
                session.assign(fresh, variable -> variable.initialValue(0));
            } else {
                session.load(fresh, (variable, target) -> {
                    FloatArray torch =
                            AutoencoderFile.floats(source, variable.name(), weights.torchShape(variable.name()));
                    target.accept(
                            FloatBuffer.wrap(weights.layout(variable).of(torch).values()));
                });
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        loaded.addAll(fresh);
    }

    @Override
    public void close() {
        session.close();
        graph.close();
        kernels.close();
        if (file != null) {
            try {
                file.close();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }
}
