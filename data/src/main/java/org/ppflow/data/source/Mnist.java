package org.ppflow.data.source;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.ppflow.nn.errors.BadInputException;
import org.ppflow.nn.files.Sha256;

/** MNIST's 10 000 test pictures, which ship with the toolkit; the README beside the resource says where they come from. */
public final class Mnist {
    /** The source's name in configs and manifests. */
    public static final String NAME = "mnist-t10k";

    /** Of the unpacked files, as published. */
    static final String IMAGES_MD5 = "2646ac647ad5339dbf082846283269ea";

    static final String LABELS_MD5 = "27ae3e4e09519cfbb04c329615203637";

    private static final String FOLDER = "/org/ppflow/data/mnist/";

    private Mnist() {}

    /** Opens the pair and checks it against the published MD5. */
    public static IdxSource embedded() throws IOException {
        IdxFile images = resource("t10k-images-idx3-ubyte.gz");
        IdxFile labels = resource("t10k-labels-idx1-ubyte.gz");
        verify(images, IdxFile.IMAGES, IMAGES_MD5);
        verify(labels, IdxFile.LABELS, LABELS_MD5);
        return IdxSource.of(NAME, images, labels, Sha256.digest(), Sha256.digest());
    }

    static void verify(IdxFile file, int magic, String md5) throws IOException {
        MessageDigest digest = md5();
        file.check(magic, digest);
        String found = HexFormat.of().formatHex(digest.digest());
        if (!found.equals(md5)) {
            throw BadInputException.at(file.name())
                    .found("MD5 " + found + " of the unpacked file")
                    .expected(md5 + ", the published one")
                    .advice("build the toolkit again from a clean checkout")
                    .build();
        }
    }

    private static IdxFile resource(String file) {
        return new IdxFile(FOLDER + file, () -> {
            InputStream in = Mnist.class.getResourceAsStream(FOLDER + file);
            if (in == null) {
                throw new IOException("the resource " + FOLDER + file + " is missing from the build");
            }
            return in;
        });
    }

    private static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
    }
}
