package org.ppflow.nn.session;

import java.util.concurrent.atomic.AtomicBoolean;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.jspecify.annotations.Nullable;
import org.tensorflow.TensorFlow;
import org.tensorflow.internal.c_api.Deallocator_Pointer_long_Pointer;
import org.tensorflow.internal.c_api.TFE_CustomDeviceTensorHandle;

/**
 * Holds TF32 off. GPUs from Ampere on otherwise round the factors of float32 products to 10 bits, which changes features enough to move
 * metrics. TensorFlow has one switch for the process, on by default: it is off from the first {@link #off()} until the last of them is
 * closed, for everything that runs meanwhile.
 *
 * <p>The switch is that of {@code tf.config.experimental.enable_tensor_float_32_execution}. The C interface of TensorFlow 2.18 lacks it, so the
 * exported C++ functions are called by their symbols, through JavaCPP's function pointers of the same calling convention. Where there are no
 * such symbols (Windows, for which TensorFlow Java has no GPU build) nothing happens. What is tested is that the switch turns; what a GPU then
 * computes could not be tried.
 */
public final class TensorFloat32 implements AutoCloseable {
    /** {@code void tsl::enable_tensor_float_32_execution(bool)}. */
    private static final String SWITCH = "_ZN3tsl32enable_tensor_float_32_executionEb";

    /** {@code bool tsl::tensor_float_32_execution_enabled()}. */
    private static final String STATE = "_ZN3tsl33tensor_float_32_execution_enabledEv";

    private static final int LOW_BYTE = 0xFF;
    private static final Object LOCK = new Object();
    private static int holders;
    private static boolean before;

    private final AtomicBoolean open = new AtomicBoolean(true);

    private TensorFloat32() {}

    /** Turns it off; close the result to turn it to what it was. */
    public static TensorFloat32 off() {
        synchronized (LOCK) {
            if (holders++ == 0 && isKnown()) {
                before = isOn();
                turn(false);
            }
        }
        return new TensorFloat32();
    }

    @Override
    public void close() {
        if (open.getAndSet(false)) {
            synchronized (LOCK) {
                if (--holders == 0 && isKnown()) {
                    turn(before);
                }
            }
        }
    }

    /** Whether this TensorFlow has the switch. */
    static boolean isKnown() {
        return address(SWITCH) != null && address(STATE) != null;
    }

    /** Whether it is on; needs the switch. */
    static boolean isOn() {
        @Nullable Pointer address = address(STATE);
        if (address == null) {
            throw new IllegalStateException("this TensorFlow has no switch for TF32");
        }
        try (PointerPointer<Pointer> function = function(address);
                TFE_CustomDeviceTensorHandle.Num_dims_Pointer_TF_Status state =
                        new TFE_CustomDeviceTensorHandle.Num_dims_Pointer_TF_Status(function)) {
            // It takes no arguments and does not look at these; a bool is the low byte of the result.
            return (state.call(null, null) & LOW_BYTE) != 0;
        }
    }

    private static void turn(boolean on) {
        @Nullable Pointer address = address(SWITCH);
        if (address == null) {
            return;
        }
        try (PointerPointer<Pointer> function = function(address);
                Deallocator_Pointer_long_Pointer turn = new Deallocator_Pointer_long_Pointer(function);
                Flag flag = new Flag(on)) {
            // The first argument is the bool, the others it does not look at.
            turn.call(flag, 0, null);
        }
    }

    private static @Nullable Pointer address(String symbol) {
        TensorFlow.version(); // loads the library
        return Loader.addressof(symbol);
    }

    /** What JavaCPP's function pointers point to: first the function, then the Java object, of which there is none. */
    private static PointerPointer<Pointer> function(Pointer address) {
        PointerPointer<Pointer> function = new PointerPointer<>(2);
        return function.put(0, address).put(1, (Pointer) null);
    }

    /** An argument of a pointer's size that is 1 or 0. */
    private static final class Flag extends Pointer {
        Flag(boolean on) {
            this.address = on ? 1 : 0;
        }
    }
}
