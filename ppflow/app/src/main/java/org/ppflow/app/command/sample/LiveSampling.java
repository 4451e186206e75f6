package org.ppflow.app.command.sample;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import org.ppflow.app.command.GuidanceOptions;
import org.ppflow.app.command.ModelOptions;
import org.ppflow.app.command.OptionSection;
import org.ppflow.app.sample.BatchDrawing;
import org.ppflow.app.sample.LatentDecoder;
import org.ppflow.app.sample.LiveImages;
import org.ppflow.eval.images.ImageShape;
import org.ppflow.eval.images.ImageSource;
import org.ppflow.flow.model.DitConfig;
import org.ppflow.flow.sampling.LevelNetworks;
import org.ppflow.flow.sampling.Sampler;
import org.ppflow.flow.sampling.SamplingGraph;
import org.ppflow.nn.errors.BadInputException;
import picocli.CommandLine.Mixin;

/** The options of {@code sample} for pictures that are used while they are drawn; a picocli mixin. */
@OptionSection("Samples drawn while they are scored")
public final class LiveSampling {
    @Mixin
    private ModelOptions model = new ModelOptions();

    @Mixin
    private MethodOptions method = new MethodOptions();

    @Mixin
    private GuidanceOptions guidance = new GuidanceOptions();

    @Mixin
    private GuideOptions guide = new GuideOptions();

    @Mixin
    private StartOptions start = new StartOptions();

    @Mixin
    private DecodeOptions decode = new DecodeOptions();

    @Mixin
    private BatchOption batch = new BatchOption();

    /** Whether weights are given to draw from. */
    public boolean given() {
        return model.given();
    }

    /** The autoencoder of latents, where one is named. */
    public Optional<Path> autoencoder() {
        return decode.autoencoder();
    }

    /**
     * A sampler that is ready to draw.
     *
     * @param images what it draws
     * @param networks what is closed at the end
     */
    public record Opened(ImageSource images, Networks networks) implements AutoCloseable {
        @Override
        public void close() {
            networks.close();
        }
    }

    /** What is closed at the end. */
    record Networks(LatentDecoder decoder, Optional<SamplingGraph> guide, SamplingGraph graph)
            implements AutoCloseable {
        @Override
        public void close() {
            decoder.close();
            guide.ifPresent(SamplingGraph::close);
            graph.close();
        }
    }

    /**
     * Opens model, guide and decoder.
     *
     * @param channels that the pictures are to have
     * @throws BadInputException if the options do not fit the model
     */
    public Opened open(SessionFlags session, int channels, PrintWriter err) throws IOException {
        if (start.reverse()) {
            throw BadInputException.at("--reverse")
                    .found("noise to be scored")
                    .expected("pictures")
                    .build();
        }
        try (ModelOptions.ForSampling opened = model.openForSampling(err)) {
            SamplingSetup setup = SamplingSetup.of(opened, method, guidance, guide, start, err);
            DitConfig config = setup.described().config();
            Networks networks = open(opened, config, session);
            try {
                int rows = batch.rows().isPresent()
                        ? batch.rows().get()
                        : BatchOption.fastest(networks.graph(), setup.samples(), err);
                Sampler sampler = setup.sampler(start.seed(), rows);
                BatchDrawing drawing = new BatchDrawing(
                        sampler,
                        setup.start(),
                        setup.networks(networks.graph()),
                        networks.guide().map(LevelNetworks.class::cast));
                String settings = SampleSettings.toJson(
                        sampler,
                        new SampleSettings.Files(
                                new SampleSettings.Source(model.weights(), model.which(), setup.described()),
                                start.noise(),
                                guide.source(networks.guide())),
                        setup.schedule(),
                        Optional.of(networks.decoder()),
                        setup.samples() + " of shard 0/1",
                        session.arithmetic() + ", live");
                int size = networks.decoder().pictureSize();
                return new Opened(
                        new LiveImages(
                                "samples of " + model.weights(),
                                drawing,
                                networks.decoder(),
                                setup.samples(),
                                new ImageShape(size, size, channels),
                                settings),
                        networks);
            } catch (IOException | RuntimeException e) {
                networks.close();
                throw e;
            }
        }
    }

    private Networks open(ModelOptions.ForSampling opened, DitConfig config, SessionFlags session) throws IOException {
        LatentDecoder decoder = decode.always(model.weights(), config);
        Optional<SamplingGraph> weak = Optional.empty();
        try {
            weak = guide.open(opened.file().description(), session.options());
            return new Networks(
                    decoder,
                    weak,
                    SamplingGraph.open(opened.file().file(), opened.file().description(), session.options()));
        } catch (IOException | RuntimeException e) {
            decoder.close();
            weak.ifPresent(SamplingGraph::close);
            throw e;
        }
    }
}
