package org.ppflow.data.picture;

import org.ppflow.data.picture.PictureFormat.Kind;
import org.ppflow.nn.errors.BadInputException;
import org.tensorflow.Graph;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.image.DecodeJpeg;
import org.tensorflow.op.image.DecodePng;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.TString;
import org.tensorflow.types.TUint8;

/**
 * TensorFlow's decoders, which are libjpeg-turbo and libpng. Two operations and their session belong to the process, like the decoders themselves: they
 * are made at the first picture and never freed. Safe for many threads, each of which decodes on its own: no pool is shared with a network's session, and
 * no memory of a GPU is taken.
 */
final class DecodeGraph {
    private static final long COLOURS = 3;

    /** What TensorFlow takes to run operations on the thread that asks for them. */
    private static final int CALLERS_THREAD = -1;

    private final Session session;
    private final Placeholder<TString> bytes;
    private final DecodeJpeg jpeg;
    private final DecodePng<TUint8> png;

    private DecodeGraph() {
        Graph graph = new Graph();
        Ops tf = Ops.create(graph);
        bytes = tf.placeholder(TString.class);
        jpeg = tf.image.decodeJpeg(
                bytes,
                DecodeJpeg.channels(COLOURS),
                DecodeJpeg.fancyUpscaling(true),
                DecodeJpeg.dctMethod("INTEGER_ACCURATE"));
        png = tf.image.decodePng(bytes, TUint8.class, DecodePng.channels(COLOURS));
        session = new Session(
                graph,
                ConfigProto.newBuilder()
                        .setInterOpParallelismThreads(CALLERS_THREAD)
                        .putDeviceCount("GPU", 0)
                        .build());
    }

    /** Made when the first picture is decoded. */
    private static final class Holder {
        static final DecodeGraph ONLY = new DecodeGraph();
    }

    static Picture decode(byte[] file, PictureFormat format, String where) {
        return Holder.ONLY.run(file, format, where);
    }

    private Picture run(byte[] file, PictureFormat format, String where) {
        try (TString fed = TString.tensorOfBytes(NdArrays.scalarOfObject(file));
                Result result = session.runner()
                        .feed(bytes, fed)
                        .fetch(format.kind() == Kind.JPEG ? jpeg : png)
                        .run()) {
            TUint8 decoded = (TUint8) result.get(0);
            int height = (int) decoded.shape().get(0);
            int width = (int) decoded.shape().get(1);
            if (height != format.height() || width != format.width()) {
                throw PictureFormat.bad(
                        where,
                        "a header of " + format.height() + "x" + format.width() + " pixels over " + height + "x"
                                + width);
            }
            byte[] pixels = new byte[height * width * (int) COLOURS];
            decoded.asRawTensor().data().read(pixels);
            return new Picture(height, width, (int) COLOURS, pixels);
        } catch (IllegalArgumentException
                | TensorFlowException e) { // what is wrong with the bytes is an invalid argument
            throw BadInputException.at(where)
                    .found("a truncated or damaged " + format.kind())
                    .expected("a whole one")
                    .advice("fetch the file again, or leave it out")
                    .cause(e)
                    .build();
        }
    }
}
