package org.ppflow.data.autoencoder;

import org.ppflow.nn.array.FloatArray;

/** How a tensor of a state dict is laid out in the graph, so that no step has to turn it. */
enum KernelLayout {
    /** As it is: biases, norms. */
    VECTOR {
        @Override
        int[] shape(int... torch) {
            return torch;
        }

        @Override
        FloatArray of(FloatArray torch) {
            return torch;
        }
    },
    /** A matrix [out, in] as [in, out]. */
    MATRIX {
        @Override
        int[] shape(int... torch) {
            return new int[] {torch[1], torch[0]};
        }

        @Override
        FloatArray of(FloatArray torch) {
            int outputs = torch.shape()[0];
            int inputs = torch.shape()[1];
            FloatArray turned = FloatArray.zeros(inputs, outputs);
            for (int out = 0; out < outputs; out++) {
                for (int in = 0; in < inputs; in++) {
                    turned.values()[in * outputs + out] = torch.values()[out * inputs + in];
                }
            }
            return turned;
        }
    },
    /** A kernel [out, in, h, w] as [h, w, in, out]. */
    CONVOLUTION {
        @Override
        int[] shape(int... torch) {
            return new int[] {torch[2], torch[3], torch[1], torch[0]};
        }

        @Override
        FloatArray of(FloatArray torch) {
            int[] from = torch.shape();
            int area = from[2] * from[3];
            FloatArray turned = FloatArray.zeros(shape(from));
            for (int out = 0; out < from[0]; out++) {
                for (int in = 0; in < from[1]; in++) {
                    for (int place = 0; place < area; place++) {
                        turned.values()[(place * from[1] + in) * from[0] + out] =
                                torch.values()[(out * from[1] + in) * area + place];
                    }
                }
            }
            return turned;
        }
    },
    /**
     * A 3×3 kernel after a nearest-neighbour doubling, as a 2×2 kernel before it, [2, 2, in, 4·out]. A doubled picture's row 2i + 1 sees the rows i, i, i
     * + 1 of the picture itself, row 2i + 2 the rows i, i + 1, i + 1: both see only i and i + 1. So a window of 2×2 gives four pixels, with the weights
     * of equal rows and columns added up, in 4/9 of the operations. Output channel (2·y + x)·out + o is pixel (y, x) of the four.
     */
    DOUBLED {
        @Override
        int[] shape(int... torch) {
            return new int[] {2, 2, torch[1], 4 * torch[0]};
        }

        @Override
        FloatArray of(FloatArray torch) {
            int outputs = torch.shape()[0];
            int inputs = torch.shape()[1];
            FloatArray turned = FloatArray.zeros(shape(torch.shape()));
            for (int pixel = 0; pixel < 4; pixel++) {
                for (int tap = 0; tap < 9; tap++) {
                    int row = window(pixel / 2, tap / 3);
                    int column = window(pixel % 2, tap % 3);
                    for (int in = 0; in < inputs; in++) {
                        for (int out = 0; out < outputs; out++) {
                            turned.values()[(((row * 2 + column) * inputs + in) * 4 + pixel) * outputs + out] +=
                                    torch.values()[(out * inputs + in) * 9 + tap];
                        }
                    }
                }
            }
            return turned;
        }

        /** Which of the two rows a tap falls on. */
        private int window(int pixel, int tap) {
            return tap + pixel < 2 ? 0 : 1;
        }
    };

    /** Shape in the graph, of a shape in the state dict. */
    abstract int[] shape(int... torch);

    /** Values in the graph. */
    abstract FloatArray of(FloatArray torch);
}
