package org.ppflow.data.encode;

import org.ppflow.data.loader.LatentDataset;

/**
 * Both sides of a holdout.
 *
 * @param train what models train on
 * @param reference what samples are compared with
 */
public record EncodedParts(LatentDataset train, LatentDataset reference) {}
