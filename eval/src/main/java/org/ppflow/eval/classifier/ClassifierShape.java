package org.ppflow.eval.classifier;

/**
 * What a classifier sees and says.
 *
 * @param height of pictures
 * @param width of pictures
 * @param channels of pictures
 * @param classes K, at least 2
 */
public record ClassifierShape(int height, int width, int channels, int classes) {
    public ClassifierShape {
        if (height < 1 || width < 1 || channels < 1 || classes < 2) {
            throw new IllegalArgumentException("a classifier of " + height + "x" + width + "x" + channels
                    + " pictures in " + classes + " classes cannot be");
        }
    }
}
