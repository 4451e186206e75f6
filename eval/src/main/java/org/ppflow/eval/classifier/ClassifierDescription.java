package org.ppflow.eval.classifier;

import org.ppflow.eval.images.ImageBatch;
import org.ppflow.eval.images.ImageFormat;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.files.Sha256;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * All that decides a classifier's weights: two with equal descriptions, trained with the same number of threads, are equal.
 *
 * @param version of architecture and training; rises when either changes
 * @param format size of the pictures
 * @param classes number of classes, at least 2
 * @param training how it was trained
 * @param trainingPictures how many pictures it was trained on
 * @param trainingSha256 hash of these pictures and their labels, in order
 */
public record ClassifierDescription(
        int version,
        ImageFormat format,
        int classes,
        ClassifierTraining training,
        int trainingPictures,
        String trainingSha256) {
    /** Architecture and training as they are now. */
    static final int VERSION = 1;

    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    public ClassifierDescription {
        if (classes < 2) {
            throw new IllegalArgumentException("a classifier of " + classes + " classes");
        }
    }

    /**
     * The description of a classifier to be trained.
     *
     * @param pictures labelled
     * @param classes number of classes, above every label
     */
    public static ClassifierDescription of(ImageBatch pictures, int classes, ClassifierTraining training) {
        int[] labels = pictures.labels();
        if (labels == null) {
            throw new IllegalArgumentException("a classifier learns from labelled pictures");
        }
        StringBuilder text = new StringBuilder(Sha256.of(pictures.pixels()));
        for (int label : labels) {
            if (label >= classes) {
                throw new IllegalArgumentException("label " + label + " of " + classes + " classes");
            }
            text.append(' ').append(label);
        }
        return new ClassifierDescription(
                VERSION, pictures.format(), classes, training, pictures.count(), Sha256.of(text.toString()));
    }

    String toJson() {
        return JSON.writeValueAsString(this);
    }

    static ClassifierDescription parse(String json, String where) {
        try {
            return JSON.readValue(json, ClassifierDescription.class);
        } catch (JacksonException e) {
            throw BadInputException.at(where)
                    .found("no description of a classifier: " + e.getOriginalMessage())
                    .expected("JSON as this toolkit writes it")
                    .cause(e)
                    .build();
        }
    }
}
