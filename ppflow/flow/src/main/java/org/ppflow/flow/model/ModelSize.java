package org.ppflow.flow.model;

import com.google.common.base.Splitter;
import java.util.Locale;
import java.util.Optional;

/** The published sizes (DiT, table 1; SiT and PPFlow use the same). */
public enum ModelSize {
    /** 33 M parameters. */
    S(12, 384, 6),
    /** 130 M parameters. */
    B(12, 768, 12),
    /** 458 M parameters. */
    L(24, 1024, 16),
    /** 675 M parameters. */
    XL(28, 1152, 16);

    /** Feed-forward size over D of all of them. */
    public static final int MLP_RATIO = 4;

    /** ImageNet's. */
    public static final int CLASSES = 1000;

    /** Label dropout in training. */
    public static final double CLASS_DROPOUT = 0.1;

    private static final int LATENT_CHANNELS = 4;

    private final int depth;
    private final int hidden;
    private final int heads;

    ModelSize(int depth, int hidden, int heads) {
        this.depth = depth;
        this.hidden = hidden;
        this.heads = heads;
    }

    /** Number of blocks. */
    public int depth() {
        return depth;
    }

    /** D. */
    public int hidden() {
        return hidden;
    }

    /** Attention heads. */
    public int heads() {
        return heads;
    }

    /**
     * The network as published for ImageNet: 4 latent channels, 1000 classes, sigma half in the output.
     *
     * @param latent height and width of the latent: 32 for 256 px, 64 for 512 px
     * @param levelTable PPFlow has one, SiT has none
     */
    public DitConfig imageNet(int latent, boolean levelTable) {
        return new DitConfig(
                LATENT_CHANNELS,
                latent,
                latent,
                depth,
                hidden,
                heads,
                MLP_RATIO,
                CLASSES,
                CLASS_DROPOUT,
                true,
                levelTable,
                PositionAlignment.TOP_LEFT);
    }

    /** The published size with this D; all four differ in it. */
    public static Optional<ModelSize> ofHidden(int hidden) {
        for (ModelSize size : values()) {
            if (size.hidden == hidden) {
                return Optional.of(size);
            }
        }
        return Optional.empty();
    }

    /** The size in a published model's name, {@code SiT-XL/2}, {@code PPFlow_S_2}; empty if there is none. */
    public static Optional<ModelSize> inName(String name) {
        for (String part : Splitter.onPattern("[-_/ ]").split(name.toUpperCase(Locale.ROOT))) {
            for (ModelSize size : values()) {
                if (size.name().equals(part)) {
                    return Optional.of(size);
                }
            }
        }
        return Optional.empty();
    }
}
