package org.ppflow.data.arrow;

import java.util.ArrayList;
import java.util.List;

/** In what a data set differs from one that is to be made, in words. What follows from a difference that is named already is left out. */
public final class DescriptionDifference {
    private DescriptionDifference() {}

    /** Phrases such as {@code pictures of size 32, not 64}; empty where the two are the same. */
    public static List<String> between(DatasetDescription there, DatasetDescription wanted) {
        List<String> all = new ArrayList<>();
        pictures(there, wanted, all);
        boolean sameCodec = there.autoencoder().equals(wanted.autoencoder());
        if (!sameCodec) {
            all.add("made by " + there.autoencoder() + ", not by " + wanted.autoencoder());
        } else if (!there.autoencoderSha256().equals(wanted.autoencoderSha256())) {
            all.add("made by other weights or code of " + there.autoencoder());
            sameCodec = false;
        }
        if (there.valueType() != wanted.valueType()) {
            all.add("stored as " + there.valueType() + ", not as " + wanted.valueType());
        }
        if (there.mirror() != wanted.mirror()) {
            all.add(there.mirror() ? "with the mirrored pictures, not without" : "without the mirrored pictures");
        }
        boolean sameSize = there.imageSize() == wanted.imageSize() && there.imageChannels() == wanted.imageChannels();
        if (sameCodec && sameSize && there.stored() != wanted.stored()) {
            all.add("of " + there.stored() + ", not of " + wanted.stored());
        } else if (sameCodec && sameSize && !there.shape().equals(wanted.shape())) {
            all.add("of rows " + there.storedShape() + ", not " + wanted.storedShape());
        }
        if (sameCodec && there.scale() != wanted.scale()) {
            all.add("of scale " + there.scale() + ", not " + wanted.scale());
        }
        if (sameCodec && there.shape().equals(wanted.shape()) && !there.shift().equals(wanted.shift())) {
            all.add("of shift " + there.shift() + ", not " + wanted.shift());
        }
        return all;
    }

    private static void pictures(DatasetDescription there, DatasetDescription wanted, List<String> all) {
        if (there.imageSize() != wanted.imageSize()) {
            all.add("of pictures of size " + size(there) + ", not " + size(wanted));
        }
        if (there.imageChannels() != wanted.imageChannels()) {
            all.add("of pictures with " + there.imageChannels() + " channels, not " + wanted.imageChannels());
        }
        if (!there.crop().equals(wanted.crop())) {
            all.add("of pictures brought to their size by " + there.crop() + ", not by " + wanted.crop());
        }
        if (!there.source().equals(wanted.source())) {
            all.add("made of " + there.source() + ", not of " + wanted.source());
        } else if (!there.sourceSha256().equals(wanted.sourceSha256())) {
            all.add("made of a " + there.source() + " with another content");
        }
        if (there.split().part() != wanted.split().part()) {
            all.add("of the part " + there.split().part() + ", not "
                    + wanted.split().part());
        } else if (!there.split().equals(wanted.split())) {
            all.add("of another choice of the pictures that are held out");
        }
        int classes = there.classNames().size();
        if (classes != wanted.classNames().size()) {
            all.add("of " + classes + " classes, not " + wanted.classNames().size());
        } else if (!there.classNames().equals(wanted.classNames())) {
            all.add("of classes with other names");
        }
    }

    private static String size(DatasetDescription data) {
        return data.imageSize() == DatasetDescription.UNKNOWN_SIZE ? "unknown" : Integer.toString(data.imageSize());
    }
}
